import {redraw, watch_window} from './charts.js';
import {read_data} from './data.js';
import {append, h} from './dom.js';
import {Explanation} from './explanation.js';
import {firmness} from './firmness.js';
import {graph} from './graph.js';
import {load} from './load.js';
import {matrix} from './matrix.js';
import {banners, masthead, overview} from './overview.js';
import {scatter} from './scatter.js';
import {ServiceTable} from './services.js';
import {t, use_language} from './text.js';
import {timeline} from './timeline.js';
import {choose_theme, is_dark, show_theme} from './theme.js';
import {verdicts} from './verdicts.js';

// A panel of the page: what the navigation calls it, and what makes it. A new one is a row here.
const kPanels = [
  ['matrix', () => t('Priority'), (data, {filter}) => matrix(data, filter)],
  ['scatter', () => t('Quadrant'), (data, {select}) => scatter(data, select)],
  ['services', () => t('Services'), (data, {table}) => table.element],
  ['timeline', () => t('Plan'), (data, {select}) => timeline(data, select)],
  ['load', () => t('Load'), (data) => load(data)],
  ['graph', () => t('Dependencies'), (data, {select}) => graph(data, select)],
  ['firmness', () => t('Firmness'), (data, {select}) => firmness(data, select)],
  ['verdicts', () => t('Verdicts'), (data, {select}) => verdicts(data, select)],
];

function theme_button() {
  const button = h('button', {class: 'quiet', type: 'button', onclick: () => {
    choose_theme(is_dark() ? 'light' : 'dark');
    show_theme();
    name();
    redraw();
    document.dispatchEvent(new Event('themechange'));
  }});
  const name = () => { button.textContent = is_dark() ? t('Light') : t('Dark'); };
  name();
  return button;
}

function start() {
  show_theme();
  const data = read_data();
  use_language(data.report.language);
  if (data.report.language) document.documentElement.lang = t('en');  // its own name in HTML
  document.title = t('Migration report');
  const explanation = new Explanation(data);
  const select = (name) => explanation.open(name);
  const table = new ServiceTable(data, select);
  const filter = (change) => {
    table.filter({text: '', status: '', window: '', ...change, domain: change.domain ?? ''});
    table.element.scrollIntoView({block: 'start'});
  };
  const page = document.getElementById('page');
  const main = h('main', {}, banners(data), overview(data));
  append(page, [masthead(data, theme_button()), h('nav', {'aria-label': t('Parts of the report')}, h('div', {}, kPanels.map(([id, title]) => h('a', {href: `#${id}`}, title())))), main, explanation.element]);
  if (data.services.length > 0) {
    for (const [, , make] of kPanels) append(main, [make(data, {filter, select, table})]);
  }
  append(page, [h('footer', {}, t('Made by migplan report. Charts: Apache ECharts, Apache License 2.0. The numbers of this page stand in its JSON and Markdown formats as well.'))]);
  for (const link of [...page.querySelectorAll('nav a')]) if (!document.getElementById(link.hash.slice(1))) link.remove();
  watch_window();
  document.documentElement.dataset.ready = 'yes';
}

start();
