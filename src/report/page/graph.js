import {add_chart, tip} from './charts.js';
import {append, h, replace} from './dom.js';
import {layout} from './graph_layout.js';
import {alternative, chart_figure, section} from './panel.js';
import {count_of, date, label, number, shown, t, term} from './text.js';
import {colours, kinds, kMarks, kSymbols, tier_colour} from './theme.js';

const kWhole = 300;  // services that are drawn all together
const kNear = 90;    // services around a chosen one

// Around a service, ring by ring: those that it calls and that call it.
function neighbourhood(data, name) {
  const near = new Set([name]);
  let ring = [name];
  for (let hop = 0; hop < 2; ++hop) {
    const next = [];
    for (const of of ring) {
      for (const other of [...data.calls_from(of).map((call) => call.callee), ...data.calls_to(of).map((call) => call.caller)]) {
        if (near.has(other) || near.size >= kNear) continue;
        near.add(other);
        next.push(other);
      }
    }
    ring = next;
  }
  return [...near].sort();
}

const edge_key = (caller, callee) => `${caller}\u0000${callee}`;

function graph_options(data, names, cycle_of, bridges, centre) {
  const at = new Map(names.map((name, i) => [name, i]));
  const calls = names.flatMap((name) => data.calls_from(name).filter((call) => at.has(call.callee)));
  const {places, layers, widest} = layout(names.length, names.map((name) => data.calls_from(name).filter((call) => at.has(call.callee)).map((call) => at.get(call.callee))));
  const height = Math.min(1100, Math.max(300, widest * 24 + 60));
  const options = (width) => {
    const c = colours();
    const span = width - 190, tall = height - 40;
    const degree = (name) => data.calls_to(name).length + data.calls_from(name).length;
    const nodes = names.map((name, i) => {
      const service = data.by_name.get(name);
      const tier = data.tier(service);
      const stagger = layers > 1 ? ((i % 2) - 0.5) * Math.min(26, span / layers / 5) : 0;
      return {name, x: 20 + places[i].x * span + stagger, y: 20 + places[i].y * tall, symbol: kSymbols[tier % kinds],
        symbolSize: (name === centre ? 10 : 0) + Math.min(17, 6 + Math.sqrt(degree(name)) * 2.1),
        itemStyle: {color: tier_colour(tier), borderColor: cycle_of.has(name) ? c.cycle : c.paper, borderWidth: cycle_of.has(name) ? 2.5 : 1},
        label: {show: true, position: 'right', distance: 4, color: name === centre ? c.ink : c.soft, fontWeight: name === centre ? 700 : 400, fontSize: 10, textBorderColor: c.paper, textBorderWidth: 3, formatter: label(name, 26)}};
    });
    // Unseen corners, so that the chart is neither stretched nor squeezed to its nodes.
    for (const [x, y] of [[0, 0], [width - 174, height - 32]]) {
      nodes.push({name: `\u0000${x}`, x, y, symbolSize: 0, silent: true, label: {show: false}, tooltip: {show: false}});
    }
    const links = calls.map((call) => {
      const is_cycle = cycle_of.has(call.caller) && cycle_of.get(call.caller) === cycle_of.get(call.callee) && call.strength !== 'weak';
      const is_bridge = bridges.has(edge_key(call.caller, call.callee));
      return {source: call.caller, target: call.callee, lineStyle: {
        color: is_cycle ? c.cycle : is_bridge ? c.bridge : c.edge, width: is_cycle ? 2.2 : is_bridge ? 1.1 : 0.8, opacity: is_bridge && !is_cycle ? 0.75 : 1,
        type: call.strength === 'weak' ? [2, 3] : 'solid', curveness: is_cycle ? 0.28 : 0.06}};
    });
    return {height, option: {
      tooltip: {formatter: (params) => {
        if (params.dataType === 'edge') {
          const bridge = bridges.get(edge_key(params.data.source, params.data.target));
          return tip(`${params.data.source} → ${params.data.target}`, bridge ? t('a bridge for {}: {} to {}', count_of(bridge.days, '{} day', '{} days'), date(bridge.from), date(bridge.to)) : '');
        }
        const service = data.by_name.get(params.name);
        return tip(params.name, service.display_name, t('tier {}, {} points', service.tier, number(service.score, 2)),
          t('calls {}, is called by {}', data.calls_from(params.name).length, data.calls_to(params.name).length), cycle_of.has(params.name) ? t('in a cycle') : '');
      }},
      series: [{type: 'graph', layout: 'none', left: 24, right: 150, top: 16, bottom: 16, data: nodes, links, edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 4, roam: false,
        preserveAspect: false, labelLayout: {hideOverlap: true}, emphasis: {focus: 'adjacency', lineStyle: {width: 2}, label: {show: true, color: c.ink}}, blur: {itemStyle: {opacity: 0.12}, lineStyle: {opacity: 0.05}, label: {opacity: 0.1}}}]}};
  };
  return {height, options};
}

function chooser(data, show, first) {
  const list = h('datalist', {id: 'graph-names'});
  const offer = () => list.childNodes.length === 0 && append(list, data.services.map((service) => h('option', {value: service.name})));
  const field = h('input', {type: 'search', list: 'graph-names', value: first, onfocus: offer, 'aria-label': t('Service whose neighbourhood is drawn'), onchange: () => data.by_name.has(field.value) && show(field.value)});
  return h('div', {class: 'tools'}, h('label', {}, t('Around'), field), list);
}

export function graph(data, select) {
  const {calls} = data.report.graph;
  const cycles = data.report.graph.cycles.map((cycle) => cycle.services);
  if (data.services.length === 0 || calls.length === 0) return section('graph', t('Dependencies'), t('No service states a dependency on another one.'));
  const cycle_of = new Map(cycles.flatMap((members, at) => members.map((name) => [name, at])));
  const bridges = new Map(data.bridges.map((bridge) => [edge_key(bridge.caller, bridge.callee), bridge]));
  const is_whole = data.services.length <= kWhole;
  const busiest = data.services.reduce((best, service) => (data.calls_to(service.name).length > data.calls_to(best.name).length ? service : best)).name;
  const sentence = t('{} between {}, {}, {}.', count_of(calls.length, '{} dependency', '{} dependencies'), count_of(data.services.length, '{} service', '{} services'), count_of(cycles.length, '{} cycle', '{} cycles'), count_of(bridges.size, '{} bridge', '{} bridges'));
  const tables = [
    alternative(count_of(calls.length, '{} dependency as a table', '{} dependencies as a table'), [[t('Caller'), (r) => r.caller], [t('Calls'), (r) => r.callee], [t('Strength'), (r) => term(r.strength)]], calls)];
  const place = h('div');
  const draw = (centre) => {
    const names = is_whole ? data.services.map((service) => service.name) : neighbourhood(data, centre);
    const {element, figure} = chart_figure('graph', is_whole ? sentence : `${t('The {} services around {}.', names.length, centre)} ${sentence}`, null);
    replace(place, figure);
    const {height, options} = graph_options(data, names, cycle_of, bridges, is_whole ? null : centre);
    add_chart(element, height, options, (event) => event.dataType === 'node' && select(event.name));
  };
  draw(busiest);
  const open = (name) => h('button', {class: 'name', type: 'button', onclick: () => select(name)}, shown(name, 60));
  const cycle_list = cycles.length === 0 ? h('p', {class: 'soft'}, t('No cycle of strong dependencies.')) :
    h('ul', {class: 'notes'}, cycles.slice(0, 20).map((members) => h('li', {}, members.slice(0, 12).map((name, at) => [at > 0 && t(', '), open(name)]), members.length > 12 && t(', and {} more', members.length - 12))),
      cycles.length > 20 && h('li', {}, t('and {} more', cycles.length - 20)));
  const longest = [...data.bridges].sort((a, b) => b.days - a.days || (a.caller < b.caller ? -1 : 1));
  const bridge_list = longest.length === 0 ? h('p', {class: 'soft'}, data.has_plan ? t('The plan needs no bridge.') : t('There is no plan.')) :
    h('ul', {class: 'notes'}, longest.slice(0, 8).map((bridge) => h('li', {}, open(bridge.caller), t(' still calls '), open(bridge.callee), t(' for {}, until {}', count_of(bridge.days, '{} day', '{} days'), date(bridge.to)))));
  return section('graph', t('Dependencies'), `${sentence} ${t('Callers stand to the left of what they call.')}`,
    h('ul', {class: 'keys'}, data.tiers.map(({tier}, at) => h('li', {}, h('span', {class: `t${at % kinds}`}, kMarks[at % kinds]), t('tier {}', shown(tier, 24)))),
      h('li', {}, h('span', {class: 'swatch rule keycycle'}), t('cycle')), h('li', {}, h('span', {class: 'swatch rule keybridge'}), t('bridge: moved before what it calls')), h('li', {}, h('span', {class: 'swatch dashed'}), t('weak'))),
    !is_whole && chooser(data, draw, busiest), place,
    h('p', {class: 'hint'}, is_whole ? t('Point at a service to see its own calls alone.') : t('More than {} services: two steps around the chosen one are drawn, {} services at most.', kWhole, kNear)),
    h('div', {class: 'columns'}, h('div', {}, h('h3', {}, t('Cycles: their services move together')), cycle_list), h('div', {}, h('h3', {}, longest.length > 8 ? t('The longest bridges') : t('Bridges')), bridge_list)),
    tables, longest.length > 0 && alternative(count_of(longest.length, '{} bridge as a table', '{} bridges as a table'), [[t('Moved'), (r) => r.caller], [t('Still calls'), (r) => r.callee], [t('From'), (r) => date(r.from), true], [t('To'), (r) => date(r.to), true], [t('Days'), (r) => number(r.days), true]], longest));
}
