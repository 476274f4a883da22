import {keys, kEdge, kWidth, title} from './picture_parts.js';
import {count_of, number, t, term} from './text.js';
import {colours, phase_colour} from './theme.js';
import {phase_keys, plan_of, timeline_option} from './timeline_options.js';

const kSmallRows = 400;  // more services stand closer together
const kTallRows = 40;

function sentence_of({bounds, makespan_days, services}, all) {
  const days = count_of(makespan_days, '{} day', '{} days');
  const whole = bounds && bounds.best_days ? t('Services by cutover, wave after wave; {} in all, no plan takes less than {}.', days, number(bounds.best_days))
    : t('Services by cutover, wave after wave; {} in all.', days);
  return services.length === all ? whole : t('{} The first {} of {} are drawn.', whole, number(services.length), count_of(all, '{} service', '{} services'));
}

// Of chosen services the waves are theirs alone.
function waves_of(waves, services, all) {
  if (waves.reduce((sum, {count}) => sum + count, 0) === all) return waves;
  const counts = new Map();
  for (const {window} of services) counts.set(window, (counts.get(window) ?? 0) + 1);
  return waves.filter(({window}) => counts.has(window)).map((wave) => ({...wave, count: counts.get(wave.window)}));
}

// The whole calendar of a plan.
export function schedule_picture(report) {
  const c = colours();
  const all = report.overview.services;
  const waves = waves_of(report.schedule.waves, report.schedule.services, all);
  const plan = {...plan_of(report), waves};
  const {services, chain, phases, freezes} = plan;
  const head = title(t('Plan: {} in {}', count_of(all, '{} service', '{} services'), count_of(waves.length, '{} wave', '{} waves')), sentence_of(report.schedule, all), kEdge);
  const key = keys([
    ...phase_keys(phases).map(([phase, text]) => ({text, icon: 'roundRect', style: {color: phase_colour(phase, phases)}})),
    {text: term('cutover'), icon: 'diamond', style: {color: phase_colour('cutover', phases)}},
    {text: t('critical chain'), icon: 'rect', style: {color: 'transparent', borderColor: c.alert, borderWidth: 1.6}},
    ...(freezes.length > 0 ? [{text: t('freeze: no cutover'), icon: 'rect', style: {color: c.freeze}}] : []),
  ], kEdge + head.height + 8);
  const {height, option} = timeline_option(plan, {top: kEdge + head.height + key.height + 14, is_print: services.length > kSmallRows, is_tall: services.length > kTallRows});
  const description = t('Calendar of {} in {}: {}. ', count_of(services.length, '{} service', '{} services'), count_of(waves.length, '{} wave', '{} waves'),
    waves.map((wave) => `${wave.window} ${count_of(wave.count, '{} cutover', '{} cutovers')}`).join(t(', '))) +
    count_of(chain.length, 'The critical chain has {} phase.', 'The critical chain has {} phases.');
  return {width: kWidth, height: height + kEdge, title: head.option.text, description,
    option: {...option, grid: option.grid.map((grid) => ({...grid, outerBoundsMode: 'none'})), title: head.option, legend: key.legend, series: [...option.series, ...key.series]}};
}
