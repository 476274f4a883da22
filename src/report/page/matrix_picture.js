import {color} from 'echarts/core';
import {in_lines, keys, kEdge, kWidth, title} from './picture_parts.js';
import {dispositions_of, placed_in, scatter_option} from './scatter_options.js';
import {by_text, count_of, label, number, or_dash, t, term} from './text.js';
import {colours, kinds, kMarks, kSymbols, tier_colour} from './theme.js';

const kMostDomains = 16, kLeft = 230, kRow = 50, kHead = 46, kGap = 28;

// The largest first.
function domains_of(cells) {
  const totals = new Map();
  for (const {domain, count} of cells) totals.set(domain, (totals.get(domain) ?? 0) + count);
  return [...totals].sort((a, b) => b[1] - a[1] || by_text(a[0], b[0])).map(([domain]) => domain);
}

// Tier by domain: how many services stand where, and all of each tier at the right.
function heat_map({tiers, cells}, top) {
  const c = colours();
  const domains = domains_of(cells).slice(0, kMostDomains);
  const most = cells.reduce((high, {count}) => Math.max(high, count), 1);
  const counts = new Map(cells.map(({tier, domain, count}) => [`${tier}\u0000${domain}`, count]));
  const shown = tiers.flatMap(({tier}, row) => domains.map((domain, column) => ({row, column, count: counts.get(`${tier}\u0000${domain}`) ?? 0})));
  const sums = tiers.map(({tier}, row) => [domains.length, row, cells.filter((cell) => cell.tier === tier).reduce((sum, {count}) => sum + count, 0)]);
  const names = [...domains.map((domain) => or_dash(domain, 40)), t('all')];
  const row_label = (at) => {
    const {tier, action} = tiers[at];
    return `{m${at % kinds}|${kMarks[at % kinds]}} {tier|${label(tier, 24)}}${action ? in_lines(label(term(action), 60), 32).slice(0, 2).map((line) => `\n{action|${line}}`).join('') : ''}`;
  };
  const rich = {tier: {color: c.ink, fontWeight: 650, fontSize: 13, lineHeight: 18}, action: {color: c.soft, fontSize: 11, lineHeight: 15}};
  for (let at = 0; at < kinds; ++at) rich[`m${at}`] = {color: tier_colour(at), fontSize: 13, lineHeight: 18};
  const cell_width = (kWidth - kLeft - kEdge) / names.length;
  return {
    grid: {left: kLeft, right: kEdge, top: top + kHead, height: tiers.length * kRow},
    xAxis: {type: 'category', position: 'top', data: names.map((_, at) => at), axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false},
      axisLabel: {interval: 0, color: c.soft, fontSize: 11.5, lineHeight: 14, width: cell_width - 4, overflow: 'truncate', formatter: (at) => in_lines(label(names[at], 40), cell_width / 6.6).slice(0, 3).join('\n')}},
    yAxis: {type: 'category', inverse: true, data: tiers.map((_, at) => at), axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: false},
      axisLabel: {align: 'left', margin: kLeft - kEdge, formatter: row_label, rich}},
    visualMap: {type: 'continuous', show: false, min: 0, max: most, dimension: 2, inRange: {colorAlpha: [1, 1]}},
    series: [
      {type: 'heatmap', label: {show: true, fontSize: 13, formatter: ({value}) => number(value[2])},
        data: shown.filter(({count}) => count > 0).map(({row, column, count}) => ({value: [column, row, count], itemStyle: {color: color.modifyAlpha(tier_colour(row), 0.14 + 0.78 * (count / most)), borderColor: c.paper, borderWidth: 3}, label: {color: count / most > 0.62 ? c.paper : c.ink}}))},
      {type: 'heatmap', label: {show: true, fontSize: 13, fontWeight: 650, color: c.ink, formatter: ({value}) => number(value[2])},
        data: sums.map((value) => ({value, visualMap: false, itemStyle: {color: 'transparent'}}))}],
  };
}

function heat_map_part({matrix: {cells}, score: {tiers}}, top) {
  const all = cells.reduce((sum, {count}) => sum + count, 0);
  const rest = domains_of(cells).length - kMostDomains;
  const sentence = t('{} by tier and domain.', count_of(all, '{} service', '{} services')) + (rest > 0 ? t(' The {} largest domains; {} more are not drawn.', kMostDomains, number(rest)) : '');
  const head = title(t('Priority matrix'), sentence, top);
  return {...heat_map({tiers, cells}, top + head.height), title: head.option, sentence, height: head.height + kHead + tiers.length * kRow + kGap};
}

function scatter_part({quadrant, score: {tiers}, services}, top) {
  services.forEach((service, at) => { service.rank = at + 1; });
  const placed = placed_in(services);
  const unplaced = services.length - placed.length;
  const sentence = t('What to do with each service: {}.', dispositions_of(placed) || t('no service has these facts')) +
    (unplaced > 0 ? count_of(unplaced, ' {} service without these facts.', ' {} services without these facts.') : '');
  const head = title(t('Coupling × obsolescence'), sentence, top);
  const key = keys(tiers.map(({tier}, at) => ({text: t('tier {}', or_dash(tier, 24)), icon: kSymbols[at % kinds], style: {color: tier_colour(at)}})), top + head.height + 8);
  const {height, option} = scatter_option({tiers, quadrant, services}, kWidth, top + head.height + key.height + 8);
  return {...option, title: head.option, sentence, legend: key.legend, series: [...option.series, ...key.series], height: height - top};
}

// Tier by domain, and what to do with each service; or one of them where only that is in the report.
export function matrix_picture(report) {
  const parts = [];
  let top = kEdge;
  for (const part of [report.matrix && heat_map_part, report.services && scatter_part]) {
    if (!part) continue;
    parts.push(part(report, top));
    top += parts[parts.length - 1].height;
  }
  const of_parts = (get) => parts.map(get).filter(Boolean);
  const series = parts.flatMap((part, at) => part.series.map((one) => ({...one, ...(one.type === 'custom' ? {} : {xAxisIndex: at, yAxisIndex: at})})));
  const at_grid = (axis, at) => ({...axis, gridIndex: at});
  return {width: kWidth, height: top + kEdge, title: parts.map((part) => part.title.text).join(t(', ')), description: parts.map((part) => part.sentence).join(' '),
    option: {
      title: of_parts((part) => part.title), legend: of_parts((part) => part.legend), visualMap: of_parts((part) => part.visualMap && {...part.visualMap, seriesIndex: 0}),
      grid: of_parts((part) => part.grid), xAxis: parts.map((part, at) => at_grid(part.xAxis, at)), yAxis: parts.map((part, at) => at_grid(part.yAxis, at)), series}};
}
