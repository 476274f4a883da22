import {bar, h} from './dom.js';
import {tier_badge} from './tier.js';
import {count_of, date, day_of, number, or_dash, percent, short_date, shown, state_words, t, term} from './text.js';
import {kinds} from './theme.js';

const tile = (title, ...children) => h('div', {class: 'tile'}, h('h3', {}, title), children);

function tiers_tile(data) {
  const all = data.services.length;
  return h('div', {class: 'tile wide'},
    h('h3', {}, t('Services by tier')),
    h('div', {class: 'big'}, number(all), ' ', h('small', {}, all === 1 ? t('service') : t('services'))),
    h('div', {class: 'stack', 'aria-hidden': 'true'},
      data.tiers.map((tier, at) => bar(all === 0 ? 0 : tier.count / all, `b${at % kinds}`))),
    h('ul', {class: 'legend'}, data.tiers.map((tier) => h('li', {}, tier_badge(data, tier.tier), ' ',
      h('b', {}, number(tier.count)), tier.action ? ` ${shown(term(tier.action), 80)}` : ''))));
}

function states_tile(data) {
  const counts = new Map();
  for (const {state, count} of data.report.overview.states) {
    counts.set(state ?? 'unknown', (counts.get(state ?? 'unknown') ?? 0) + count);
  }
  const done = (counts.get('cut-over') ?? 0) + (counts.get('retired') ?? 0);
  return tile(t('Off the old platform'), h('div', {class: 'big'}, number(done), ' ', h('small', {}, t('of {}', number(data.services.length)))),
    h('p', {}, [...counts].filter(([, count]) => count > 0)
      .map(([state, count]) => `${number(count)} ${state_words(state)}`).join(t(', ')) || t('No service.')));
}

function chance_tile(data) {
  const {p_end} = data.report.overview;
  const finish = data.schedule?.outlook?.finish;
  if (p_end === null || p_end === undefined) {
    return tile(t('On time'), h('div', {class: 'big'}, '–'), h('p', {}, data.has_plan ? t('Not drawn.') : t('There is no plan.')));
  }
  const tone = p_end >= 0.8 ? 'calm' : p_end >= 0.5 ? 'caution' : 'alert';
  return tile(t('Probability of being on time'), h('div', {class: `big ${tone}`}, percent(p_end, p_end > 0 && p_end < 0.1 ? 1 : 0)),
    h('p', {}, t('Over by {} in half of the draws, {} in 80 %, {} in 95 %.', date(finish.p50), date(finish.p80), date(finish.p95))));
}

function end_tile(data) {
  const {end, end_met, last_cutover} = data.report.overview;
  const as_of = data.report.as_of;
  const left = as_of ? Math.round((day_of(end) - day_of(as_of)) / 86_400_000) : null;
  const late = last_cutover && last_cutover > end;
  return tile(t('Hard end'), h('div', {class: 'big'}, short_date(end), ' ', h('small', {}, end.slice(0, 4))),
    h('p', {}, !data.has_plan ? [t('There is no plan.'), ' '] : [h('b', {class: end_met ? 'calm' : 'alert'}, end_met ? t('✓ met by the plan') : t('✕ missed by the plan')),
      last_cutover ? (late ? t('; last cutover {}, behind the end. ', date(last_cutover)) : t('; last cutover {}. ', date(last_cutover))) : t('. ')],
    left === null ? '' : left >= 0 ? count_of(left, '{} day left.', '{} days left.') : count_of(-left, '{} day ago.', '{} days ago.')));
}

function windows_tile(data) {
  const windows = data.report.overview.next_windows;
  return h('div', {class: 'tile wide'}, h('h3', {}, data.report.as_of ? t('Next windows') : t('First windows')),
    windows.length === 0 ? h('p', {}, t('No cutover is ahead.')) :
      h('div', {class: 'windows'}, windows.map((wave) => h('div', {}, h('b', {}, shown(wave.window, 20)),
        count_of(wave.count, '{} cutover', '{} cutovers'), h('br'), t('{} to {}', short_date(wave.first), short_date(wave.last))))));
}

function verdicts_tile(data) {
  const counts = {pass: 0, fail: 0, inconclusive: 0, exempted: 0};
  for (const check of data.checks) counts[check.verdict] = (counts[check.verdict] ?? 0) + 1;
  if (data.checks.length === 0) return tile(t('Verdicts'), h('div', {class: 'big'}, '–'), h('p', {}, t('No checks were given.')));
  return tile(t('Verdicts'), h('div', {class: `big ${counts.fail > 0 ? 'alert' : 'calm'}`}, number(counts.fail), ' ', h('small', {}, t('failed'))),
    h('p', {}, t('{} passed, {} inconclusive, {} exempted.', number(counts.pass), number(counts.inconclusive), number(counts.exempted))));
}

function firmness_tile(data) {
  const rows = data.report.sensitivity.services;
  const firm = rows.filter((row) => row.firmness === 'firm').length;
  return tile(t('Firm tiers'), h('div', {class: 'big'}, rows.length === 0 ? '–' : percent(firm / rows.length)),
    h('p', {}, t('{} of {} would change tier with a weight or a fact moved a little.', number(rows.length - firm), count_of(rows.length, '{} service', '{} services'))));
}

export function overview(data) {
  return h('div', {class: 'tiles', id: 'overview'}, tiers_tile(data), chance_tile(data), end_tile(data), windows_tile(data),
    states_tile(data), data.checks.length > 0 ? verdicts_tile(data) : firmness_tile(data));
}

const base_name = (path) => path.slice(path.lastIndexOf('/') + 1);

export function masthead(data, theme_button) {
  const {report} = data;
  const {start, end} = report.overview;
  const from = report.inventory.map((file) => shown(base_name(file), 60)).join(t(', '));
  return h('div', {class: 'masthead'}, h('div', {},
    h('div', {class: 'row'},
      h('div', {}, h('div', {class: 'eyebrow'}, t('Migration report')),
        h('h1', {}, data.services.length === 0 ? count_of(0, '{} service', '{} services') : count_of(data.services.length, '{} service leaves the old platform', '{} services leave the old platform'))),
      theme_button),
    h('p', {class: 'soft'}, t('{} to {}', date(start), date(end)), report.as_of ? t(' · as of {}', date(report.as_of)) : '',
      from ? [t(' · from '), h('bdi', {}, from)] : '',
      t(' · plan: '), h('bdi', {}, report.schedule_file ? shown(base_name(report.schedule_file), 80) : data.has_plan ? t('made for this report') : t('none')))));
}

// What the page leaves out, and what is wrong with what it was made of.
export function banners(data) {
  const list = [];
  const broken = data.schedule?.infeasible?.broken ?? data.schedule?.broken ?? [];
  if (broken.length > 0) {
    list.push(h('div', {class: 'banner strong', role: 'note'}, h('b', {}, count_of(broken.length, 'The plan breaks {} rule', 'The plan breaks {} rules')),
      h('ul', {}, broken.slice(0, 8).map((row) => h('li', {}, h('bdi', {}, t('{} {}: {}', or_dash(row.service), term(row.phase) ?? '', shown(term(row.message), 300))))),
        broken.length > 8 && h('li', {}, t('and {} more', number(broken.length - 8))))));
  }
  const remarks = data.report.notes ?? [];
  if (remarks.length > 0) {
    list.push(h('div', {class: 'banner', role: 'note'}, h('ul', {class: 'notes'}, remarks.map((note) => h('li', {}, h('bdi', {}, shown(term(note), 260)))))));
  }
  return list;
}
