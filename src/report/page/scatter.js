import {add_chart, tip} from './charts.js';
import {h} from './dom.js';
import {alternative, chart_figure, section} from './panel.js';
import {dispositions_of, kHeight, placed_in, scatter_option} from './scatter_options.js';
import {count_of, number, or_dash, t, term} from './text.js';
import {kinds, kMarks} from './theme.js';

export function scatter(data, select) {
  const placed = placed_in(data.services);
  const unplaced = data.services.length - placed.length;
  const summary = dispositions_of(placed);
  const {element, figure} = chart_figure('scatter', t('Services by coupling and obsolescence: {}.', summary),
    alternative(t('As a table'), [[t('Service'), (s) => s.name], [t('Tier'), (s) => s.tier], [t('Coupling'), (s) => number(s.coupling, 2), true],
      [t('Obsolescence'), (s) => number(s.obsolescence, 2), true], [t('Disposition'), (s) => term(s.disposition)]], placed));
  const tooltip = {formatter: ({name}) => {
    const s = data.by_name.get(name);
    return tip(s.name, s.display_name, t('tier {} · {} points', s.tier, number(s.score, 2)),
      t('coupling {}, obsolescence {}', number(s.coupling, 2), number(s.obsolescence, 2)), term(s.disposition));
  }};
  const options = (width) => {
    const {height, option} = scatter_option({tiers: data.tiers, quadrant: data.report.quadrant, services: data.services}, width);
    const series = option.series.map((one) => ({...one, emphasis: {label: {show: true}, scale: 1.5, itemStyle: {opacity: 1}}}));
    return {height, option: {...option, tooltip, series}};
  };
  add_chart(element, kHeight, options, (event) => select(event.name));
  return section('scatter', t('Coupling × obsolescence'),
    t('What to do with each service: {}.', summary || t('no service has these facts')) + (unplaced > 0 ? count_of(unplaced, ' {} service without these facts.', ' {} services without these facts.') : ''),
    h('ul', {class: 'keys'}, data.tiers.map(({tier}, at) => h('li', {}, h('span', {class: `t${at % kinds}`}, kMarks[at % kinds]), t('tier {}', or_dash(tier, 24))))),
    figure, h('p', {class: 'hint'}, t('Choose a dot for the explanation of its service.')));
}
