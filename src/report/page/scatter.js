import {add_chart, label, tip} from './charts.js';
import {group} from './data.js';
import {h} from './dom.js';
import {alternative, chart_figure, section} from './panel.js';
import {count_of, number, or_dash, sentence, t, term} from './text.js';
import {colours, kMarks, kSymbols, tier_colour} from './theme.js';
import {kinds} from './tier.js';

const kBands = ['low', 'middle', 'high'];

function areas(data, c) {
  const {bands, dispositions} = data.report.quadrant;
  const edges = [0, bands.low, bands.high, 1];
  const list = [];
  kBands.forEach((coupling, x) => kBands.forEach((obsolescence, y) => {
    list.push([{
      name: sentence(label(term(dispositions[coupling][obsolescence]), 30)), coord: [edges[x], edges[y]],
      itemStyle: {color: (x + y) % 2 === 0 ? c.band : 'transparent'},
      label: {position: 'insideTopLeft', distance: 8, color: c.soft, fontSize: 11.5, fontWeight: 550, width: 190, overflow: 'truncate'},
    }, {coord: [edges[x + 1], edges[y + 1]]}]);
  }));
  return list;
}

function axis(name, data, c) {
  const {low, high} = data.report.quadrant.bands;
  return {
    type: 'value', min: 0, max: 1, name, nameLocation: 'middle', nameTextStyle: {color: c.ink, fontWeight: 600, fontSize: 12.5},
    splitLine: {show: false}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false},
    axisLabel: {color: c.soft, fontSize: 11.5, customValues: [0, low, high, 1], formatter: (value) => number(value, 1)},
  };
}

const kGrid = {left: 58, right: 16, top: 12, bottom: 52};
const kHeight = 620;
const kLetter = 5.7, kLine = 13;

// Names beside dots, the most pressing services first, where there is room: over no other dot, name or band. Gives
// each named service the side that its name stands on.
function named(data, placed, width, size) {
  if (placed.length > 1000) return new Map();
  const wide = width - kGrid.left - kGrid.right, tall = kHeight - kGrid.top - kGrid.bottom;
  const dots = placed.map((s) => ({s, x: s.coupling * wide, y: (1 - s.obsolescence) * tall}));
  const taken = dots.map(({x, y}) => [x - size / 2, y - size / 2, x + size / 2, y + size / 2]);
  const {bands} = data.report.quadrant;
  for (const x of [0, bands.low, bands.high]) {
    for (const y of [1, bands.high, bands.low]) taken.push([x * wide, (1 - y) * tall, x * wide + 170, (1 - y) * tall + 24]);
  }
  const is_free = (own, [left, top, right, bottom]) => left >= 0 && right <= wide && top >= 0 && bottom <= tall &&
    taken.every((other, at) => at === own || right < other[0] || left > other[2] || bottom < other[1] || top > other[3]);
  const sides = new Map();
  const order = dots.map((_, at) => at).sort((a, b) => (dots[b].s.priority ?? 0) - (dots[a].s.priority ?? 0) || dots[a].s.rank - dots[b].s.rank);
  for (const at of order) {
    const {s, x, y} = dots[at];
    const length = label(s.name, 24).length * kLetter, gap = size / 2 + 4;
    const places = {right: [x + gap, y - kLine / 2, x + gap + length, y + kLine / 2], left: [x - gap - length, y - kLine / 2, x - gap, y + kLine / 2],
      top: [x - length / 2, y - gap - kLine, x + length / 2, y - gap], bottom: [x - length / 2, y + gap, x + length / 2, y + gap + kLine]};
    const side = Object.keys(places).find((name) => is_free(at, places[name]));
    if (!side) continue;
    taken.push(places[side]);
    sides.set(s.name, side);
  }
  return sides;
}

export function scatter(data, select) {
  const placed = data.services.filter((service) => service.coupling !== null && service.obsolescence !== null);
  const unplaced = data.services.length - placed.length;
  const by_disposition = group(placed, (service) => service.disposition);
  const summary = [...by_disposition].sort((a, b) => b[1].length - a[1].length)
    .map(([name, rows]) => `${number(rows.length)} ${or_dash(term(name), 40)}`).join(t(', '));
  const {element, figure} = chart_figure('scatter', t('Services by coupling and obsolescence: {}.', summary),
    alternative(t('As a table'), [[t('Service'), (s) => s.name], [t('Tier'), (s) => s.tier], [t('Coupling'), (s) => number(s.coupling, 2), true],
      [t('Obsolescence'), (s) => number(s.obsolescence, 2), true], [t('Disposition'), (s) => term(s.disposition)]], placed));
  const options = (width) => {
    const c = colours();
    const size = placed.length > 800 ? 7 : 11;
    const sides = named(data, placed, width, size);
    const series = data.tiers.map(({tier}, at) => ({
      type: 'scatter', name: tier, symbol: kSymbols[at % kinds], symbolSize: at % kinds === 0 ? size + 2 : at % kinds === 2 ? size - 2 : size,
      data: placed.filter((s) => s.tier === tier).map((s) => ({
        name: s.name, value: [s.coupling, s.obsolescence, s.priority], label: {show: sides.has(s.name), position: sides.get(s.name) ?? 'right'}})),
      itemStyle: {color: tier_colour(at), opacity: 0.82, borderColor: c.paper, borderWidth: 1},
      emphasis: {label: {show: true}, scale: 1.5, itemStyle: {opacity: 1}},
      label: {distance: 4, color: c.soft, fontSize: 10.5, formatter: (p) => label(p.name, 24)},
      z: 10 - at,
    }));
    series.push({
      type: 'scatter', data: [], silent: true, markArea: {silent: true, data: areas(data, c)},
      markLine: {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.faint, type: [3, 4], width: 1},
        data: ['low', 'high'].flatMap((band) => [{xAxis: data.report.quadrant.bands[band]}, {yAxis: data.report.quadrant.bands[band]}])},
    });
    return {height: kHeight, option: {
      grid: kGrid,
      xAxis: {...axis(t('Coupling'), data, c), nameGap: 30}, yAxis: {...axis(t('Obsolescence'), data, c), nameGap: 38},
      tooltip: {formatter: ({name}) => {
        const s = data.by_name.get(name);
        return tip(s.name, s.display_name, t('tier {} · {} points', s.tier, number(s.score, 2)),
          t('coupling {}, obsolescence {}', number(s.coupling, 2), number(s.obsolescence, 2)), term(s.disposition));
      }}, series}};
  };
  add_chart(element, options, (event) => select(event.name));
  return section('scatter', t('Coupling × obsolescence'),
    t('What to do with each service: {}.', summary || t('no service has these facts')) + (unplaced > 0 ? count_of(unplaced, ' {} service without these facts.', ' {} services without these facts.') : ''),
    h('ul', {class: 'keys'}, data.tiers.map(({tier}, at) => h('li', {}, h('span', {class: `t${at % kinds}`}, kMarks[at % kinds]), t('tier {}', or_dash(tier, 24))))),
    figure, h('p', {class: 'hint'}, t('Choose a dot for the explanation of its service.')));
}
