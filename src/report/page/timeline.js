import {add_chart, graphic, label, tip} from './charts.js';
import {group} from './data.js';
import {h} from './dom.js';
import {alternative, chart_figure, section} from './panel.js';
import {behind, count_of, date, day_of, month_label, number, or_dash, short_date, t, term} from './text.js';
import {colours, phase_colour} from './theme.js';

const kRow = 14, kPrintRow = 10;
const kMostRows = 240;  // of those in view at once
const kView = 60;
const kHead = 96, kFoot = 34;
const kMargin = 5 * 86_400_000;

// Bars of all phases in their order, one row a service.
function bars_of(services, critical) {
  const bars = [];
  services.forEach((service, row) => {
    for (const phase of service.phases) {
      if (!phase.start) continue;
      bars.push({name: service.name, phase, value: [row, day_of(phase.start), Math.max(behind(phase.finish), day_of(phase.start)), critical.has(`${service.name}\u0000${phase.phase}`) ? 1 : 0]});
    }
  });
  return bars;
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
    const shape = graphic.clipRectByRect({x, y: y - height / 2, width: Math.max(1.5, right - x - 0.5), height}, coord);
    return shape && {type: 'rect', shape: {...shape, r: Math.min(2, height / 4)}, style: {fill, stroke: is_critical ? c.alert : undefined, lineWidth: is_critical ? 1.6 : 0}, z2: is_critical ? 6 : 2};
  };
}

// What stands above the calendar: freezes in two rows, so that names of near ones do not meet, and waves by quarter.
function head_item(entries, c, grid) {
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

function head_entries(data) {
  const used = data.report.freezes.map((freeze) => freeze);
  const freezes = used.map((freeze, at) => ({kind: 'freeze', row: at % 2, text: label(freeze.name || t('freeze'), 26), value: [0, day_of(freeze.from), behind(freeze.to)]}));
  const waves = data.schedule.waves.map((wave) => ({kind: 'wave', text: `${label(wave.window, 10)} · ${number(wave.count)}`, value: [0, ...quarter_days(wave.window)]}));
  return [...freezes, ...waves];
}

function vertical(time, text, colour, type, width) {
  return {xAxis: time, label: {formatter: text, position: 'start', color: colour, fontSize: 11, fontWeight: 600, distance: 3}, lineStyle: {color: colour, type, width}};
}

function timeline_options(data, services, bars, chain) {
  return (width, is_print) => {
    const c = colours();
    const {start, end} = data.report.overview;
    const as_of = data.report.as_of;
    const zooms = services.length > kMostRows;
    const rows = zooms ? kView : services.length;
    const from = Math.min(day_of(start), ...bars.map((bar) => bar.value[1]));
    const to = bars.reduce((last, bar) => Math.max(last, bar.value[2]), behind(end)) + kMargin;
    const body = Math.max(60, rows * (is_print && !zooms ? kPrintRow : kRow));
    const left = 190, right = zooms ? 44 : 16;
    const rank = new Map(services.map((service, at) => [service.name, at]));
    const on_chain = new Set(chain.map((link) => link.service));
    const time_axis = {type: 'time', min: from, max: to, axisTick: {show: false}, axisLine: {lineStyle: {color: c.line}}, splitLine: {show: true, lineStyle: {color: c.line, width: 0.6}}, axisLabel: {color: c.soft, fontSize: 11, formatter: month_label, hideOverlap: true}};
    const bands = services.reduce((list, service, at) => {
      if (at === 0 || service.window !== services[at - 1].window) list.push([at, at]);
      list[list.length - 1][1] = at;
      return list;
    }, []);
    const entries = head_entries(data);
    const path = chain.filter((link) => rank.has(link.service)).flatMap((link) => [[day_of(link.start), rank.get(link.service)], [behind(link.finish), rank.get(link.service)]]);
    // Of many services only some rows are seen: the calendar shows their days.
    const follow = (instance) => {
      const show = () => {
        const [{startValue, endValue}] = instance.getOption().dataZoom;
        const seen = bars.filter((bar) => bar.value[0] >= startValue && bar.value[0] <= endValue);
        if (seen.length === 0) return;
        const range = {min: seen.reduce((least, bar) => Math.min(least, bar.value[1]), Infinity) - kMargin, max: seen.reduce((most, bar) => Math.max(most, bar.value[2]), 0) + kMargin};
        instance.setOption({xAxis: [range, range]});
      };
      instance.on('datazoom', show);
      show();
    };
    return {height: kHead + body + kFoot, drawn: zooms ? follow : undefined, option: {
      grid: [{left, right, top: 4, height: 64}, {left, right, top: kHead, height: body}],
      xAxis: [{...time_axis, gridIndex: 0, show: false}, {...time_axis, gridIndex: 1}],
      yAxis: [{type: 'value', gridIndex: 0, show: false, min: 0, max: 1},
        {type: 'category', gridIndex: 1, inverse: true, data: services.map((service) => service.name), axisTick: {show: false}, axisLine: {show: false},
          axisLabel: {interval: 0, color: (name) => (on_chain.has(name) ? c.alert : c.soft), fontSize: is_print ? 8.5 : 10.5, formatter: (name) => label(name, 28), margin: 10}}],
      dataZoom: zooms ? [{type: 'slider', yAxisIndex: 1, startValue: 0, endValue: kView - 1, minValueSpan: 10, maxValueSpan: 120, width: 14, right: 8, showDetail: false, brushSelect: false, filterMode: 'none', borderColor: c.line, fillerColor: c.band, handleStyle: {color: c.soft}, showDataShadow: false},
        {type: 'inside', yAxisIndex: 1, zoomOnMouseWheel: false, moveOnMouseWheel: true, filterMode: 'none'}] : undefined,
      tooltip: {formatter: (params) => {
        const bar = bars[params.dataIndex];
        if (!bar || params.seriesName !== 'phases') return '';
        const {phase} = bar;
        const service = data.planned.get(bar.name);
        return tip(bar.name, t('{}: {} to {}', term(phase.phase), short_date(phase.start), date(phase.finish)) + (phase.resource ? t(', {}', phase.resource) : ''),
          phase.binding ? t('held back by {}', term(phase.binding.what ?? phase.binding.kind)) : '', t('tier {}, cutover {}, slack {}', service.tier, date(service.cutover), count_of(service.slack_days, '{} day', '{} days')));
      }},
      series: [
        {type: 'custom', xAxisIndex: 0, yAxisIndex: 0, silent: true, renderItem: head_item(entries, c), data: entries.map((entry) => entry.value), encode: {x: [1, 2], y: 0}, clip: false},
        {type: 'custom', name: 'phases', xAxisIndex: 1, yAxisIndex: 1, renderItem: bar_item(bars, c, is_print), data: bars.map((bar) => ({name: bar.name, value: bar.value})), encode: {x: [1, 2], y: 0}, clip: true, z: 3,
          markArea: {silent: true, data: [
            ...data.report.freezes.map((freeze) => [{xAxis: day_of(freeze.from), itemStyle: {color: c.freeze}}, {xAxis: behind(freeze.to)}]),
            ...(zooms ? [] : bands.filter((_, at) => at % 2 === 0).map(([first, last]) => [{yAxis: first, itemStyle: {color: c.band}}, {yAxis: last}]))]},
          markLine: {silent: true, symbol: 'none', data: [
            vertical(day_of(end) + 86_400_000, t('end'), c.alert, 'solid', 1.5), ...(as_of ? [vertical(day_of(as_of), t('today'), c.today, 'solid', 1.5)] : [])]}},
        {type: 'line', xAxisIndex: 1, yAxisIndex: 1, silent: true, symbol: 'none', data: path, lineStyle: {color: c.alert, width: 1.1, type: [3, 2], opacity: 0.85}, z: 2, clip: true},
      ]}};
  };
}

export function timeline(data, select) {
  if (!data.has_plan) {
    return section('timeline', t('Plan'), data.schedule ? t('There is no plan: see the notes above.') : t('No plan was made.'));
  }
  const services = data.schedule.services;
  const chain = (data.schedule.critical_chain ?? []).filter((link) => link.start);
  const critical = new Set(chain.map((link) => `${link.service}\u0000${link.phase}`));
  const bars = bars_of(services, critical);
  const phases = [];
  for (const service of services) {
    for (const {phase} of service.phases) if (!phases.includes(phase)) phases.push(phase);
  }
  for (const bar of bars) bar.order = phases;
  const waves = data.schedule.waves;
  const sentence = t('Calendar of {} in {}: {}. ', count_of(services.length, '{} service', '{} services'), count_of(waves.length, '{} wave', '{} waves'),
    waves.map((wave) => `${wave.window} ${count_of(wave.count, '{} cutover', '{} cutovers')}`).join(t(', '))) +
    count_of(chain.length, 'The critical chain has {} phase.', 'The critical chain has {} phases.');
  const {element, figure} = chart_figure('timeline', sentence, [
    alternative(t('Phases as a table'), [[t('Service'), (r) => r.service.name], [t('Tier'), (r) => r.service.tier], [t('Phase'), (r) => term(r.phase.phase)], [t('From'), (r) => date(r.phase.start), true], [t('To'), (r) => date(r.phase.finish), true],
      [t('Held back by'), (r) => term(r.phase.binding?.what ?? r.phase.binding?.kind)]], services.flatMap((service) => service.phases.map((phase) => ({service, phase})))),
    alternative(t('The critical chain as a table'), [[t('Service'), (r) => r.service], [t('Phase'), (r) => term(r.phase)], [t('From'), (r) => date(r.start), true], [t('To'), (r) => date(r.finish), true], [t('Held back by'), (r) => term(r.what ?? r.binding)]], chain),
    data.schedule.missed?.length > 0 && alternative(count_of(data.schedule.missed.length, '{} promised window missed', '{} promised windows missed'), [[t('Service'), (r) => r.name], [t('Promised'), (r) => r.committed_window], [t('Planned'), (r) => r.window], [t('Cutover'), (r) => date(r.cutover), true], [t('Because'), (r) => term(r.binding?.what ?? r.binding?.kind)]], data.schedule.missed)]);
  add_chart(element, timeline_options(data, services, bars, chain), (event) => event.seriesName === 'phases' && select(event.name));
  // Phases that do the same on different routes share a colour.
  const alike = group(phases.filter((phase) => phase !== 'cutover'), (phase) => phase_colour(phase, phases));
  const swatches = [...alike.values()].map((names) => {
    const swatch = h('span', {class: 'swatch'});
    swatch.dataset.phase = names[0];
    return h('li', {}, swatch, names.map((name) => or_dash(term(name), 30)).join(t(', ')));
  });
  const paint = () => { for (const item of swatches) item.firstChild.style.background = phase_colour(item.firstChild.dataset.phase, phases); };
  paint();
  document.addEventListener('themechange', paint);
  const slowest = data.schedule.bounds;
  return section('timeline', t('Plan'),
    slowest && slowest.best_days ? t('Services by cutover, wave after wave; {} in all, no plan takes less than {}.', count_of(data.schedule.makespan_days, '{} day', '{} days'), number(slowest.best_days))
      : t('Services by cutover, wave after wave; {} in all.', count_of(data.schedule.makespan_days, '{} day', '{} days')),
    h('ul', {class: 'keys'}, swatches, h('li', {}, t('◆ cutover')), h('li', {class: 'alert'}, h('span', {class: 'swatch outlined keychain'}), t('critical chain')), h('li', {}, h('span', {class: 'swatch keyfreeze'}), t('freeze: no cutover'))),
    figure, services.length > kMostRows && h('p', {class: 'hint'}, t('Turn the wheel over the chart or drag the bar at its right to see more services.')));
}
