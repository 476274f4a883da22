// The calendar of a plan as ECharts draws it, on the page and in a picture.
import {clipped} from './clip.js';
import {group} from './data.js';
import {behind, day_of, label, month_label, number, or_dash, t, term} from './text.js';
import {colours, phase_colour} from './theme.js';

const kRow = 14, kPrintRow = 10;
export const kMostRows = 240;  // of those in view at once
const kView = 60;
const kHead = 96, kFoot = 34;
const kMargin = 5 * 86_400_000;

// What of a report the calendar shows.
export function plan_of(report) {
  const {services, waves, critical_chain} = report.schedule;
  const chain = (critical_chain ?? []).filter((link) => link.start);
  const phases = [];
  for (const service of services) {
    for (const {phase} of service.phases) if (!phases.includes(phase)) phases.push(phase);
  }
  const {start, end} = report.overview;
  return {services, waves, chain, phases, start, end, as_of: report.as_of, freezes: report.freezes};
}

// Bars of all phases in their order, one row a service.
function bars_of({services, phases: order, chain}) {
  const critical = new Set(chain.map((link) => `${link.service}\u0000${link.phase}`));
  const bars = [];
  services.forEach((service, row) => {
    for (const phase of service.phases) {
      if (!phase.start) continue;
      bars.push({name: service.name, phase, order, value: [row, day_of(phase.start), Math.max(behind(phase.finish), day_of(phase.start)), critical.has(`${service.name}\u0000${phase.phase}`) ? 1 : 0]});
    }
  });
  return bars;
}

// Phases that do the same on different routes share a colour. Gives [one of them, all names] each.
export function phase_keys(phases) {
  const alike = group(phases.filter((phase) => phase !== 'cutover'), (phase) => phase_colour(phase, phases));
  return [...alike.values()].map((names) => [names[0], names.map((name) => or_dash(term(name), 30)).join(t(', '))]);
}

function bar_item(phases, c, is_print) {
  return (params, api) => {
    const [x, y] = api.coord([api.value(1), api.value(0)]);
    const [right] = api.coord([api.value(2), api.value(0)]);
    const row = Math.abs(api.size([0, 1])[1]);
    const height = Math.max(2, Math.min(row * 0.62, 12));
    const phase = phases[params.dataIndex];
    const is_critical = api.value(3) === 1;
    const fill = phase_colour(phase.phase.phase, phase.order);
    const coord = params.coordSys;
    if (y < coord.y || y > coord.y + coord.height) return undefined;
    if (phase.phase.phase === 'cutover') {
      const half = Math.max(2.5, Math.min(row * 0.42, 6));
      const at = (x + right) / 2;
      return {type: 'polygon', shape: {points: [[at, y - half], [at + half, y], [at, y + half], [at - half, y]]},
        style: {fill: is_critical ? c.alert : fill, stroke: c.paper, lineWidth: is_print ? 0.5 : 1}, z2: 10};
    }
    const shape = clipped({x, y: y - height / 2, width: Math.max(1.5, right - x - 0.5), height}, coord);
    return shape && {type: 'rect', shape: {...shape, r: Math.min(2, height / 4)}, style: {fill, stroke: is_critical ? c.alert : undefined, lineWidth: is_critical ? 1.6 : 0}, z2: is_critical ? 6 : 2};
  };
}

// What stands above the calendar: freezes in two rows, so that names of near ones do not meet, and waves by quarter.
function head_item(entries, c) {
  return (params, api) => {
    const entry = entries[params.dataIndex];
    const coord = params.coordSys;
    const from = Math.max(api.coord([api.value(1), 0])[0], coord.x), to = Math.min(api.coord([api.value(2), 0])[0], coord.x + coord.width);
    if (to <= from) return undefined;
    if (entry.kind === 'freeze') {
      const y = coord.y + 2 + entry.row * 17;
      return {type: 'group', children: [
        {type: 'rect', shape: {x: from, y, width: to - from, height: 14, r: 2}, style: {fill: c.freeze}},
        {type: 'text', x: Math.max(Math.min((from + to) / 2, coord.x + coord.width - 62), coord.x + 62), y: y + 7, style: {text: entry.text, font: '500 10.5px Inter, system-ui, sans-serif', fill: c.freezeInk, align: 'center', verticalAlign: 'middle'}}]};
    }
    if (to - from < 20) return undefined;
    const y = coord.y + 40;
    return {type: 'group', children: [
      {type: 'rect', shape: {x: from + 1, y, width: Math.max(0, to - from - 2), height: 22, r: 4}, style: {fill: c.band}},
      {type: 'text', x: (from + to) / 2, y: y + 11, style: {text: to - from < 84 ? '' : entry.text, font: '600 11.5px Inter, system-ui, sans-serif', fill: c.ink, align: 'center', verticalAlign: 'middle', width: to - from - 4, overflow: 'truncate'}}]};
  };
}

function quarter_days(window) {
  const [year, quarter] = [Number(window.slice(0, 4)), Number(window.slice(6))];
  return [Date.UTC(year, quarter * 3 - 3, 1), Date.UTC(year, quarter * 3, 1)];
}

function head_entries(plan) {
  const freezes = plan.freezes.map((freeze, at) => ({kind: 'freeze', row: at % 2, text: label(freeze.name || t('freeze'), 26), value: [0, day_of(freeze.from), behind(freeze.to)]}));
  const waves = plan.waves.map((wave) => ({kind: 'wave', text: `${label(wave.window, 10)} · ${number(wave.count)}`, value: [0, ...quarter_days(wave.window)]}));
  return [...freezes, ...waves];
}

function vertical(time, text, colour, type, width) {
  return {xAxis: time, label: {formatter: text, position: 'start', color: colour, fontSize: 11, fontWeight: 600, distance: 3}, lineStyle: {color: colour, type, width}};
}

// How high the chart is, and its parts; `how` as below.
export function heights_of({services}, {top = 0, is_print = false, zooms = false, is_tall = false}) {
  const head = is_tall ? kHead + kFoot : kHead;
  const body = Math.max(60, (zooms ? kView : services.length) * (is_print && !zooms ? kPrintRow : kRow));
  return {head, body, height: top + head + body + kFoot};
}

// The chart begins `top` below its element's edge. Gives {height, bars, option}; the page adds what answers to the mouse. Of a
// plan that `zooms` some rows are seen at once; of one that `is_tall` the days stand above the rows as well.
export function timeline_option(plan, how) {
  const {top = 0, is_print = false, zooms = false, is_tall = false} = how;
  const {services, chain, freezes, start, end, as_of} = plan;
  const c = colours();
  const bars = bars_of(plan);
  const from = bars.reduce((first, bar) => Math.min(first, bar.value[1]), day_of(start));
  const to = bars.reduce((last, bar) => Math.max(last, bar.value[2]), behind(end)) + kMargin;
  const {head, body, height} = heights_of(plan, how);
  const left = 190, right = zooms ? 44 : 16;
  const rank = new Map(services.map((service, at) => [service.name, at]));
  const on_chain = new Set(chain.map((link) => link.service));
  const time_axis = {type: 'time', min: from, max: to, axisTick: {show: false}, axisLine: {lineStyle: {color: c.line}}, splitLine: {show: true, lineStyle: {color: c.line, width: 0.6}}, axisLabel: {color: c.soft, fontSize: 11, formatter: month_label, hideOverlap: true}};
  const bands = services.reduce((list, service, at) => {
    if (at === 0 || service.window !== services[at - 1].window) list.push([at, at]);
    list[list.length - 1][1] = at;
    return list;
  }, []);
  const entries = head_entries(plan);
  const path = chain.filter((link) => rank.has(link.service)).flatMap((link) => [[day_of(link.start), rank.get(link.service)], [behind(link.finish), rank.get(link.service)]]);
  return {height, bars, option: {
    useUTC: true,
    grid: [{left, right, top: top + 4, height: 64}, {left, right, top: top + head, height: body}],
    xAxis: [{...time_axis, gridIndex: 0, show: false}, {...time_axis, gridIndex: 1}, ...(is_tall ? [{...time_axis, gridIndex: 1, position: 'top', offset: 16, axisLine: {show: false}, splitLine: {show: false}}] : [])],
    yAxis: [{type: 'value', gridIndex: 0, show: false, min: 0, max: 1},
      {type: 'category', gridIndex: 1, inverse: true, data: services.map((service) => service.name), axisTick: {show: false}, axisLine: {show: false},
        axisLabel: {interval: 0, color: (name) => (on_chain.has(name) ? c.alert : c.soft), fontSize: is_print ? 8.5 : 10.5, formatter: (name) => label(name, 28), margin: 10}}],
    series: [
      {type: 'custom', xAxisIndex: 0, yAxisIndex: 0, silent: true, renderItem: head_item(entries, c), data: entries.map((entry) => entry.value), encode: {x: [1, 2], y: 0}, clip: false},
      {type: 'custom', name: 'phases', xAxisIndex: 1, yAxisIndex: 1, renderItem: bar_item(bars, c, is_print), data: bars.map((bar) => ({name: bar.name, value: bar.value})), encode: {x: [1, 2], y: 0}, clip: true, z: 3,
        markArea: {silent: true, data: [
          ...freezes.map((freeze) => [{xAxis: day_of(freeze.from), itemStyle: {color: c.freeze}}, {xAxis: behind(freeze.to)}]),
          ...(zooms ? [] : bands.filter((_, at) => at % 2 === 0).map(([first, last]) => [{yAxis: first, itemStyle: {color: c.band}}, {yAxis: last}]))]},
        markLine: {silent: true, symbol: 'none', data: [
          vertical(behind(end), t('end'), c.alert, 'solid', 1.5), ...(as_of ? [vertical(day_of(as_of), t('today'), c.today, 'solid', 1.5)] : [])]}},
      {type: 'line', xAxisIndex: 1, yAxisIndex: 1, silent: true, symbol: 'none', data: path, lineStyle: {color: c.alert, width: 1.1, type: [3, 2], opacity: 0.85}, z: 2, clip: true},
    ]}};
}

// Of many services some rows are seen at once, and the calendar shows their days.
export const scrolled_rows = (c) => [
  {type: 'slider', yAxisIndex: 1, startValue: 0, endValue: kView - 1, minValueSpan: 10, maxValueSpan: 120, width: 14, right: 8, showDetail: false, brushSelect: false, filterMode: 'none', borderColor: c.line, fillerColor: c.band, handleStyle: {color: c.soft}, showDataShadow: false},
  {type: 'inside', yAxisIndex: 1, zoomOnMouseWheel: false, moveOnMouseWheel: true, filterMode: 'none'}];
export function days_of(bars, first, last) {
  const seen = bars.filter((bar) => bar.value[0] >= first && bar.value[0] <= last);
  return seen.length === 0 ? null : {
    min: seen.reduce((least, bar) => Math.min(least, bar.value[1]), Infinity) - kMargin,
    max: seen.reduce((most, bar) => Math.max(most, bar.value[2]), 0) + kMargin};
}
