import {bar, h, replace} from './dom.js';
import {plain_table} from './panel.js';
import {tier_badge, verdict_badge} from './tier.js';
import {count_of, date, exact, number, or_dash, percent, shown, t, term, words} from './text.js';

const name_of = (dimension) => ({impact: t('Business impact'), debt: t('Technical debt'), topology: t('Topology')})[dimension] ?? words(dimension);
const short = (fact) => words(fact.replace(/^[a-z]+\./, ''));

function fact_line(fact) {
  const place = fact.origin === 'stated' ? (fact.file ? `${shown(fact.file, 80)}:${fact.line}` : t('stated')) : term(fact.origin);
  return h('li', {}, h('span', {}, short(fact.name)), h('span', {}, exact(fact.value), ' ', h('span', {class: 'place'}, h('bdi', {}, place))));
}

function dimension(one, sum) {
  return h('div', {class: 'dimension'},
    h('div', {class: 'line'}, h('span', {}, name_of(one.dimension)), h('b', {}, t('{} points', number(one.contribution, 2)))),
    h('div', {class: 'track', 'aria-hidden': 'true'}, bar((one.normalised ?? 0) / 100, '')),
    h('p', {class: 'hint'}, one.normalised === null ? t('Facts are missing: this dimension counts 0.') :
      t('raw {} → {} of 100 × weight {} / {}', exact(one.raw), number(one.normalised, 2), exact(one.weight), exact(sum))),
    h('ul', {}, one.facts.map(fact_line)));
}

function scores(data, service, explained) {
  if (!explained) return h('p', {class: 'soft'}, t('{} points. Where they come from is not in this page: migplan explain -s {}', number(service.score, 2), service.name));
  const sum = explained.terms.reduce((all, one) => all + one.weight, 0);
  const above = [];
  if (explained.to_next_up !== null) above.push(t('{} points below the next tier', number(explained.to_next_up, 2)));
  if (explained.to_next_down !== null) above.push(t('{} to lose before the one below', number(explained.to_next_down, 2)));
  if (explained.score_high !== explained.score) above.push(t('at most {} (tier {}) if the missing facts were at their worst', number(explained.score_high, 2), shown(explained.tier_high, 24)));
  const flips = explained.flips.filter((flip) => flip.to !== null);
  return [
    above.length > 0 && h('p', {class: 'soft'}, t('{}.', above.join(t('; ')))),
    h('div', {}, explained.terms.map((one) => dimension(one, sum))),
    flips.length > 0 && [h('h3', {}, t('The smallest change of one fact that moves the tier')),
      plain_table([[t('Fact'), (f) => short(f.fact)], [t('from'), (f) => exact(f.from), true], [t('to'), (f) => exact(f.to), true], [t('Tier'), (f) => tier_badge(data, f.tier)]], flips)]];
}

function firmness(data, service) {
  const firm = data.firmness.get(service.name);
  if (!firm) return null;
  const shares = data.tiers.map(({tier}) => [tier, firm[`p_${tier.toLowerCase()}`] ?? firm[`p_${tier}`]]).filter(([, share]) => share);
  return [h('h3', {}, t('How firm the tier is')),
    h('p', {class: 'soft'}, firm.firmness === 'firm' ? t('Firm: no small change of a weight or a fact moves it.') : t('It hangs on {}.', short(firm.hangs_on ?? firm.firmness)),
      t(' Of the draws: {}.', shares.map(([tier, share]) => `${percent(share, 1)} ${shown(tier, 24)}`).join(t(', '))))];
}

function plan(data, service) {
  const planned = data.planned.get(service.name);
  if (!planned) return data.has_plan ? [h('h3', {}, t('Plan')), h('p', {class: 'soft'}, t('Nothing is planned: it has left the old platform.'))] : null;
  const risk = data.risk.get(service.name);
  const why = (phase) => (phase.binding ? term(phase.binding.what ?? phase.binding.kind) : null);
  return [h('h3', {}, t('Plan')),
    h('p', {class: 'soft'}, t('Route {}; cutover {} in {}', or_dash(term(planned.route), 40), date(planned.cutover), planned.window),
      planned.committed_window ? t(', promised for {}', planned.committed_window) : '', count_of(planned.slack_days, '; {} working day of slack', '; {} working days of slack'),
      planned.critical ? t('; on the critical chain') : '', risk ? t('; on time in {} of the draws', percent(risk.p_on_time)) : '', t('.')),
    plain_table([[t('Phase'), (p) => term(p.phase)], [t('from'), (p) => date(p.start), true], [t('to'), (p) => date(p.finish), true], [t('Held back by'), why]], planned.phases)];
}

function neighbours(data, service, open) {
  const line = (title, calls, end) => calls.length > 0 && h('p', {class: 'soft'}, title,
    calls.slice(0, 40).map((call, at) => [at > 0 && t(', '), h('button', {class: 'name', type: 'button', onclick: () => open(call[end])}, shown(call[end])), call.strength === 'weak' && t(' (weak)')]),
    calls.length > 40 && t(', and {} more', calls.length - 40));
  const calls = data.calls_from(service.name), callers = data.calls_to(service.name);
  if (calls.length + callers.length === 0) return null;
  return [h('h3', {}, t('Dependencies')), line(t('Calls: '), calls, 'callee'), line(t('Is called by: '), callers, 'caller')];
}

function checks(data, service) {
  const rows = data.checks_of.get(service.name) ?? [];
  if (rows.length === 0) return null;
  return [h('h3', {}, t('Checks')), plain_table([[t('Check'), (c) => `${c.command} ${c.check}`], [t('Verdict'), (c) => verdict_badge(c.verdict)], [t('Because'), (c) => term(c.message)]], rows)];
}

// The side panel with everything about one service.
export class Explanation {
  constructor(data) {
    this.data = data;
    this.inner = h('div', {class: 'inner'});
    this.element = h('dialog', {'aria-labelledby': 'explanation-title'}, this.inner);
    this.element.addEventListener('click', (event) => { if (event.target === this.element) this.element.close(); });
  }

  open(name) {
    const service = this.data.by_name.get(name);
    if (!service) return;
    const fact = (title, value) => value !== null && value !== undefined && value !== '' && [h('dt', {}, title), h('dd', {}, h('bdi', {}, shown(value, 300)))];
    replace(this.inner,
      h('div', {class: 'top'}, h('div', {}, h('div', {class: 'eyebrow'}, tier_badge(this.data, service.tier), t(' · rank {} of {}', number(service.rank), number(this.data.services.length))),
        h('h2', {id: 'explanation-title'}, h('bdi', {}, shown(service.name))), service.display_name && h('p', {class: 'soft'}, h('bdi', {}, shown(service.display_name, 300)))),
      h('button', {class: 'quiet', type: 'button', autofocus: true, onclick: () => this.element.close()}, t('Close'))),
      h('div', {class: 'big'}, number(service.score, 2), ' ', h('small', {}, t('points'))),
      scores(this.data, service, this.data.explained.get(name)),
      firmness(this.data, service), plan(this.data, service), checks(this.data, service), neighbours(this.data, service, (other) => this.open(other)),
      h('h3', {}, t('Facts')),
      h('dl', {class: 'facts'}, fact(t('Domain'), service.domain), fact(t('Team'), service.team), fact(t('Owner'), service.owner), fact(t('Kind'), term(service.kind)),
        fact(t('State'), term(this.data.state_of(service))), fact(t('Disposition'), term(service.disposition)), fact(t('Coupling'), service.coupling), fact(t('Obsolescence'), service.obsolescence)));
    if (!this.element.open) this.element.showModal();
    this.element.scrollTop = 0;
  }
}
