import {add_chart, label, tip} from './charts.js';
import {group} from './data.js';
import {h} from './dom.js';
import {alternative, chart_figure, section} from './panel.js';
import {count_of, number, or_dash, sentence} from './text.js';
import {colours, kMarks, kSymbols, tier_colour} from './theme.js';
import {kinds} from './tier.js';

const kBands = ['low', 'middle', 'high'];

function areas(data, c) {
  const {bands, dispositions} = data.report.quadrant;
  const edges = [0, bands.low, bands.high, 1];
  const list = [];
  kBands.forEach((coupling, x) => kBands.forEach((obsolescence, y) => {
    list.push([{
      name: sentence(label(dispositions[coupling][obsolescence], 30)), coord: [edges[x], edges[y]],
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

// The services that are named beside their dots: the most pressing ones, as far as names do not overlap.
export function scatter(data, select) {
  const placed = data.services.filter((service) => service.coupling !== null && service.obsolescence !== null);
  const unplaced = data.services.length - placed.length;
  const by_disposition = group(placed, (service) => service.disposition);
  const summary = [...by_disposition].sort((a, b) => b[1].length - a[1].length)
    .map(([name, rows]) => `${number(rows.length)} ${or_dash(name, 40)}`).join(', ');
  const {element, figure} = chart_figure('scatter', `Services by coupling and obsolescence: ${summary}.`,
    alternative('As a table', [['Service', (s) => s.name], ['Tier', (s) => s.tier], ['Coupling', (s) => number(s.coupling, 2), true],
      ['Obsolescence', (s) => number(s.obsolescence, 2), true], ['Disposition', (s) => s.disposition]], placed));
  const options = () => {
    const c = colours();
    const size = placed.length > 800 ? 7 : 11;
    const series = data.tiers.map(({tier}, at) => ({
      type: 'scatter', name: tier, symbol: kSymbols[at % kinds], symbolSize: at % kinds === 0 ? size + 2 : at % kinds === 2 ? size - 2 : size,
      data: placed.filter((s) => s.tier === tier).map((s) => ({name: s.name, value: [s.coupling, s.obsolescence, s.priority]})),
      itemStyle: {color: tier_colour(at), opacity: 0.82, borderColor: c.paper, borderWidth: 1},
      emphasis: {label: {show: true}, scale: 1.5, itemStyle: {opacity: 1}},
      label: {show: placed.length <= 400, position: 'right', distance: 5, color: c.soft, fontSize: 10.5, formatter: (p) => label(p.name, 24)},
      labelLayout: {hideOverlap: true}, z: 10 - at,
    }));
    series.push({
      type: 'scatter', data: [], silent: true, markArea: {silent: true, data: areas(data, c)},
      markLine: {silent: true, symbol: 'none', label: {show: false}, lineStyle: {color: c.faint, type: [3, 4], width: 1},
        data: ['low', 'high'].flatMap((band) => [{xAxis: data.report.quadrant.bands[band]}, {yAxis: data.report.quadrant.bands[band]}])},
    });
    return {height: 620, option: {
      grid: {left: 58, right: 112, top: 12, bottom: 52},
      xAxis: {...axis('Coupling', data, c), nameGap: 30}, yAxis: {...axis('Obsolescence', data, c), nameGap: 38},
      tooltip: {formatter: ({name}) => {
        const s = data.by_name.get(name);
        return tip(s.name, s.display_name, `tier ${s.tier} · ${number(s.score, 2)} points`,
          `coupling ${number(s.coupling, 2)}, obsolescence ${number(s.obsolescence, 2)}`, s.disposition);
      }}, series}};
  };
  add_chart(element, options, (event) => select(event.name));
  return section('scatter', 'Coupling × obsolescence',
    `What to do with each service: ${summary || 'no service has these facts'}.${unplaced > 0 ? ` ${count_of(unplaced, 'service')} without these facts.` : ''}`,
    h('ul', {class: 'keys'}, data.tiers.map(({tier}, at) => h('li', {}, h('span', {class: `t${at % kinds}`}, kMarks[at % kinds]), `tier ${or_dash(tier, 24)}`))),
    figure, h('p', {class: 'hint'}, 'Choose a dot for the explanation of its service.'));
}
