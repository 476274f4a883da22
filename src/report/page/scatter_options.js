// Coupling by obsolescence as ECharts draws it, on the page and in a picture.
import {group} from './data.js';
import {by_text, label, number, or_dash, sentence, t, term} from './text.js';
import {colours, kinds, kSymbols, tier_colour} from './theme.js';

const kBands = ['low', 'middle', 'high'];

function areas({bands, dispositions}, c) {
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

function axis(name, {low, high}, c) {
  return {
    type: 'value', min: 0, max: 1, name, nameLocation: 'middle', nameTextStyle: {color: c.ink, fontWeight: 600, fontSize: 12.5},
    splitLine: {show: false}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false},
    axisLabel: {color: c.soft, fontSize: 11.5, customValues: [0, low, high, 1], formatter: (value) => number(value, 1)},
  };
}

export const kGrid = {left: 58, right: 16, top: 12, bottom: 52};
const kBody = 556;
export const kHeight = kGrid.top + kBody + kGrid.bottom;
const kMostNamed = 1000;
const kLetter = 5.7, kLine = 13;

// Names beside dots, the most pressing services first, where there is room: over no other dot, name or band. Gives
// each named service the side that its name stands on.
function named(placed, bands, wide, size) {
  if (placed.length > kMostNamed) return new Map();
  const tall = kBody;
  const dots = placed.map((s) => ({s, x: s.coupling * wide, y: (1 - s.obsolescence) * tall}));
  const taken = dots.map(({x, y}) => [x - size / 2, y - size / 2, x + size / 2, y + size / 2]);
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

// Services that have a place in it.
export const placed_in = (services) => services.filter((service) => service.coupling !== null && service.obsolescence !== null);
// "12 refactor, 3 retire": how many services are to be treated how, the most first.
export function dispositions_of(placed) {
  const by_disposition = group(placed, (service) => service.disposition);
  return [...by_disposition].sort((a, b) => b[1].length - a[1].length || by_text(a[0], b[0]))
    .map(([name, rows]) => `${number(rows.length)} ${or_dash(term(name), 40)}`).join(t(', '));
}

// The chart is `width` wide and begins `top` below its element's edge. Gives {height, option}; the page adds what answers
// to the mouse.
export function scatter_option({tiers, quadrant, services}, width, top = 0) {
  const c = colours();
  const placed = placed_in(services);
  const size = placed.length > 800 ? 7 : 11;
  const sides = named(placed, quadrant.bands, width - kGrid.left - kGrid.right, size);
  const series = tiers.map(({tier}, at) => ({
    type: 'scatter', name: tier, symbol: kSymbols[at % kinds], symbolSize: at % kinds === 0 ? size + 2 : at % kinds === 2 ? size - 2 : size,
    data: placed.filter((s) => s.tier === tier).map((s) => ({
      name: s.name, value: [s.coupling, s.obsolescence, s.priority], label: {show: sides.has(s.name), position: sides.get(s.name) ?? 'right'}})),
    itemStyle: {color: tier_colour(at), opacity: 0.82, borderColor: c.paper, borderWidth: 1},
    label: {distance: 4, color: c.soft, fontSize: 10.5, formatter: (p) => label(p.name, 24)},
    z: 10 - at,
  }));
  series.push({
    type: 'scatter', data: [], silent: true, markArea: {silent: true, data: areas(quadrant, c)},
    markLine: {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.faint, type: [3, 4], width: 1},
      data: ['low', 'high'].flatMap((band) => [{xAxis: quadrant.bands[band]}, {yAxis: quadrant.bands[band]}])},
  });
  return {height: top + kHeight, option: {
    grid: {left: kGrid.left, right: kGrid.right, top: top + kGrid.top, height: kBody},
    xAxis: {...axis(t('Coupling'), quadrant.bands, c), nameGap: 30}, yAxis: {...axis(t('Obsolescence'), quadrant.bands, c), nameGap: 38},
    series}};
}
