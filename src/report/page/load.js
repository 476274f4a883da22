import {add_chart, tip} from './charts.js';
import {group} from './data.js';
import {alternative, chart_figure, section} from './panel.js';
import {behind, count_of, date, day_of, label, month_label, number, or_dash, t} from './text.js';
import {colours} from './theme.js';

const kMost = 12;
const kRow = 118, kGap = 26, kTop = 30;

// Steps as points: a value holds from its first day up to the next row, over days on which nobody works, too.
function steps(rows, key) {
  return rows.flatMap((row, at) => [[day_of(row.from), row[key]], [at + 1 < rows.length ? day_of(rows[at + 1].from) : behind(row.to), row[key]]]);
}

export function load(data) {
  if (!data.has_plan || !data.schedule.load) return null;
  const rows = group(data.schedule.load, (row) => row.resource);
  const all = data.schedule.resources.filter((resource) => rows.has(resource.resource));
  const drawn = all.slice(0, kMost);
  const tightest = all[0];
  const {element, figure} = chart_figure('load', t('Load by working day of {}: {}', count_of(drawn.length, '{} resource', '{} resources'),
    drawn.map((r) => t('{} used {} %, full on {}', or_dash(r.resource, 40), number(r.utilisation, 1), count_of(r.full_days, '{} day', '{} days'))).join(t('; '))),
  alternative(t('As a table'), [[t('Resource'), (r) => r.resource], [t('Peak'), (r) => number(r.peak), true], [t('of'), (r) => number(r.capacity), true],
    [t('Work, days'), (r) => number(r.work_days), true], [t('of'), (r) => number(r.available_days), true], [t('Used'), (r) => `${number(r.utilisation, 1)} %`, true],
    [t('Days full'), (r) => number(r.full_days), true], [t('Used until'), (r) => date(r.last_day), true]], all));
  const at = (i) => kTop + i * (kRow + kGap);
  const height = at(drawn.length) + 8;
  const options = () => {
    const c = colours();
    const from = day_of(data.report.overview.start);
    const to = Math.max(behind(data.report.overview.end), ...drawn.map((r) => behind(r.last_day ?? data.report.overview.start)));
    const grid = drawn.map((_, i) => ({left: 44, right: 14, top: at(i) + 20, height: kRow - 20}));
    return {height, option: {
      grid,
      xAxis: drawn.map((_, i) => ({type: 'time', gridIndex: i, min: from, max: to, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false},
        splitLine: {show: false}, axisLabel: {show: i === drawn.length - 1, color: c.soft, fontSize: 11, formatter: month_label, hideOverlap: true}})),
      yAxis: drawn.map((r, i) => ({type: 'value', gridIndex: i, min: 0, max: Math.max(r.capacity, r.peak), splitNumber: 2, interval: Math.max(r.capacity, r.peak),
        name: t('{}  ·  {} % used  ·  full on {}', label(r.resource, 40), number(r.utilisation, 1), count_of(r.full_days, '{} day', '{} days')),
        nameLocation: 'end', nameGap: 9, nameTextStyle: {align: 'left', color: c.ink, fontSize: 12.5, fontWeight: 550, padding: [0, 0, 0, -6]},
        axisLine: {show: false}, axisTick: {show: false}, axisLabel: {color: c.soft, fontSize: 11}, splitLine: {lineStyle: {color: c.line}}})),
      tooltip: {trigger: 'axis', axisPointer: {lineStyle: {color: c.faint, type: 'solid'}}, formatter: (points) => {
        const used = points.find((point) => point.seriesName === 'used');
        if (!used) return '';
        const there = points.find((point) => point.seriesName === 'there');
        return tip(drawn[used.axisIndex ?? 0].resource, t('{} of {} in use', number(used.value[1]), number(there?.value[1])), date(new Date(used.value[0]).toISOString().slice(0, 10)));
      }},
      series: drawn.flatMap((r, i) => {
        const of = rows.get(r.resource);
        const common = {type: 'line', xAxisIndex: i, yAxisIndex: i, symbol: 'none'};
        return [
          {...common, name: 'used', data: steps(of, 'used'), lineStyle: {color: c.used, width: 1.5}, areaStyle: {color: c.usedArea}, z: 3},
          {...common, name: 'there', data: steps(of, 'capacity'), lineStyle: {color: c.alert, width: 1, type: [4, 3]}, z: 4},
        ];
      })}};
  };
  add_chart(element, height, options);
  return section('load', t('Load per resource'),
    (tightest ? t('{} is the bottleneck: {} % of what there is. ', or_dash(tightest.resource, 60), number(tightest.utilisation, 1)) : '') + t('The area is what is in use on a working day, the dashed line what there is.') +
    (all.length > drawn.length ? t(' The {} tightest of {} resources are drawn.', drawn.length, all.length) : ''), figure);
}
