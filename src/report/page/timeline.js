import {add_chart, tip} from './charts.js';
import {h} from './dom.js';
import {alternative, chart_figure, section} from './panel.js';
import {count_of, date, number, short_date, t, term} from './text.js';
import {colours, phase_colour} from './theme.js';
import {days_of, heights_of, kMostRows, phase_keys, plan_of, scrolled_rows, timeline_option} from './timeline_options.js';

function tooltip(data, bars) {
  return {formatter: (params) => {
    const bar = bars[params.dataIndex];
    if (!bar || params.seriesName !== 'phases') return '';
    const {phase} = bar;
    const service = data.planned.get(bar.name);
    return tip(bar.name, t('{}: {} to {}', term(phase.phase), short_date(phase.start), date(phase.finish)) + (phase.resource ? t(', {}', phase.resource) : ''),
      phase.binding ? t('held back by {}', term(phase.binding.what ?? phase.binding.kind)) : '', t('tier {}, cutover {}, slack {}', service.tier, date(service.cutover), count_of(service.slack_days, '{} day', '{} days')));
  }};
}

// Of many services only some rows are seen: the calendar shows their days.
const follow = (bars) => (instance) => {
  const show = () => {
    const [{startValue, endValue}] = instance.getOption().dataZoom;
    const days = days_of(bars, startValue, endValue);
    if (days) instance.setOption({xAxis: [days, days]});
  };
  instance.on('datazoom', show);
  show();
};

const timeline_options = (data, plan, zooms) => (_, is_print) => {
  const {height, bars, option} = timeline_option(plan, {is_print, zooms});
  return {height, drawn: zooms ? follow(bars) : undefined, option: {
    ...option, dataZoom: zooms ? scrolled_rows(colours()) : undefined, tooltip: tooltip(data, bars)}};
};

export function timeline(data, select) {
  if (!data.has_plan) {
    return section('timeline', t('Plan'), data.schedule ? t('There is no plan: see the notes above.') : t('No plan was made.'));
  }
  const plan = plan_of(data.report);
  const {services, chain, phases, waves} = plan;
  const sentence = t('Calendar of {} in {}: {}. ', count_of(services.length, '{} service', '{} services'), count_of(waves.length, '{} wave', '{} waves'),
    waves.map((wave) => `${wave.window} ${count_of(wave.count, '{} cutover', '{} cutovers')}`).join(t(', '))) +
    count_of(chain.length, 'The critical chain has {} phase.', 'The critical chain has {} phases.');
  const {element, figure} = chart_figure('timeline', sentence, [
    alternative(t('Phases as a table'), [[t('Service'), (r) => r.service.name], [t('Tier'), (r) => r.service.tier], [t('Phase'), (r) => term(r.phase.phase)], [t('From'), (r) => date(r.phase.start), true], [t('To'), (r) => date(r.phase.finish), true],
      [t('Held back by'), (r) => term(r.phase.binding?.what ?? r.phase.binding?.kind)]], services.flatMap((service) => service.phases.map((phase) => ({service, phase})))),
    alternative(t('The critical chain as a table'), [[t('Service'), (r) => r.service], [t('Phase'), (r) => term(r.phase)], [t('From'), (r) => date(r.start), true], [t('To'), (r) => date(r.finish), true], [t('Held back by'), (r) => term(r.what ?? r.binding)]], chain),
    data.schedule.missed?.length > 0 && alternative(count_of(data.schedule.missed.length, '{} promised window missed', '{} promised windows missed'), [[t('Service'), (r) => r.name], [t('Promised'), (r) => r.committed_window], [t('Planned'), (r) => r.window], [t('Cutover'), (r) => date(r.cutover), true], [t('Because'), (r) => term(r.binding?.what ?? r.binding?.kind)]], data.schedule.missed)]);
  const zooms = services.length > kMostRows;
  add_chart(element, heights_of(plan, {zooms}).height, timeline_options(data, plan, zooms), (event) => event.seriesName === 'phases' && select(event.name));
  const swatches = phase_keys(phases).map(([phase, names]) => {
    const swatch = h('span', {class: 'swatch'});
    swatch.dataset.phase = phase;
    return h('li', {}, swatch, names);
  });
  const paint = () => { for (const item of swatches) item.firstChild.style.background = phase_colour(item.firstChild.dataset.phase, phases); };
  paint();
  document.addEventListener('themechange', paint);
  const slowest = data.schedule.bounds;
  return section('timeline', t('Plan'),
    slowest && slowest.best_days ? t('Services by cutover, wave after wave; {} in all, no plan takes less than {}.', count_of(data.schedule.makespan_days, '{} day', '{} days'), number(slowest.best_days))
      : t('Services by cutover, wave after wave; {} in all.', count_of(data.schedule.makespan_days, '{} day', '{} days')),
    h('ul', {class: 'keys'}, swatches, h('li', {}, t('◆ cutover')), h('li', {class: 'alert'}, h('span', {class: 'swatch outlined keychain'}), t('critical chain')), h('li', {}, h('span', {class: 'swatch keyfreeze'}), t('freeze: no cutover'))),
    figure, zooms && h('p', {class: 'hint'}, t('Turn the wheel over the chart or drag the bar at its right to see more services.')));
}
