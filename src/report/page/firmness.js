import {add_chart, tip} from './charts.js';
import {clipped} from './clip.js';
import {h} from './dom.js';
import {alternative, chart_figure, plain_table, section} from './panel.js';
import {tier_badge} from './tier.js';
import {count_of, label, number, percent, shown, t, words} from './text.js';
import {colours, kinds, kMarks, tier_colour} from './theme.js';

const kMost = 12;
const kHeight = 250;
const hangs_on = (row) => words((row.hangs_on ?? row.firmness).replace(/^[a-z]+\./, ''));
const share_of = (row, tier) => row[`p_${tier.toLowerCase()}`] ?? row[`p_${tier}`] ?? 0;

export function firmness(data, select) {
  const rows = data.report.sensitivity.services;
  const open = rows.filter((row) => row.firmness !== 'firm');
  const {draws} = data.report.sensitivity;
  const doubtful = [...open].sort((a, b) => share_of(a, a.tier) - share_of(b, b.tier) || (a.name < b.name ? -1 : 1));
  const {element, figure} = chart_figure('firmness', t('How often each service falls into each tier when weights and facts move, services by score: {} of {} may change.', count_of(open.length, '{} service', '{} services'), rows.length),
    alternative(t('As a table'), [[t('Service'), (r) => r.name], [t('Tier'), (r) => r.tier], [t('Score'), (r) => number(r.score, 2), true],
      ...data.tiers.map(({tier}) => [t('In {}', shown(tier, 20)), (r) => percent(share_of(r, tier), 1), true]), [t('Hangs on'), (r) => hangs_on(r)]], rows), {is_short: true});
  const options = () => {
    const c = colours();
    const item = (params, api) => {
      const at = api.value(0), low = api.value(1), high = api.value(2);
      const [x, bottom] = api.coord([at, low]);
      const [, top] = api.coord([at, high]);
      const width = api.size([1, 0])[0];
      const gap = width > 4 ? 1 : 0;
      const shape = clipped({x: x - width / 2, y: top, width: width - gap, height: bottom - top}, params.coordSys);
      return shape && {type: 'rect', shape, style: {fill: api.visual('color')}};
    };
    const below = rows.map(() => 0);
    const series = data.tiers.map(({tier}, at) => ({
      type: 'custom', name: tier, renderItem: item, itemStyle: {color: tier_colour(at)}, encode: {x: 0, y: [1, 2]},
      data: rows.flatMap((row, i) => {
        const low = below[i], high = low + share_of(row, tier);
        below[i] = high;
        return high > low ? [{name: row.name, value: [i, low, high]}] : [];
      })}));
    return {height: kHeight, option: {
      grid: {left: 44, right: 8, top: 10, bottom: 40},
      xAxis: {type: 'value', min: -0.5, max: Math.max(0.5, rows.length - 0.5), name: t('services by score, the highest first'), nameLocation: 'middle', nameGap: 18,
        nameTextStyle: {color: c.soft, fontSize: 12}, axisLabel: {show: false}, axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false}},
      yAxis: {type: 'value', min: 0, max: 1, interval: 0.5, axisLabel: {color: c.soft, fontSize: 11, formatter: (v) => percent(v)}, splitLine: {lineStyle: {color: c.line}}},
      tooltip: {formatter: ({name}) => {
        const row = data.firmness.get(name);
        return tip(name, t('tier {} with {} points', row.tier, number(row.score, 2)), data.tiers.map(({tier}) => `${label(tier, 20)} ${percent(share_of(row, tier), 1)}`).join(' · '),
          row.hangs_on ? t('hangs on {}', hangs_on(row)) : '');
      }}, series}};
  };
  add_chart(element, kHeight, options, (event) => select(event.name));
  return section('firmness', t('How firm the tiers are'),
    t('Of {} draws of weights and facts, how often each service falls into which tier. {} of {} are firm.', number(draws), count_of(rows.length - open.length, '{} tier', '{} tiers'), number(rows.length)),
    h('ul', {class: 'keys'}, data.tiers.map(({tier}, at) => h('li', {}, h('span', {class: `t${at % kinds}`}, kMarks[at % kinds]), t('tier {}', shown(tier, 24))))), figure,
    doubtful.length > 0 && [h('h3', {}, t('Least firm')), plain_table([[t('Service'), (r) => h('button', {class: 'name', type: 'button', onclick: () => select(r.name)}, shown(r.name))],
      [t('Tier'), (r) => tier_badge(data, r.tier)], [t('Score'), (r) => number(r.score, 2), true], [t('Keeps its tier in'), (r) => percent(share_of(r, r.tier)), true], [t('Hangs on'), (r) => hangs_on(r)]], doubtful.slice(0, kMost))]);
}
