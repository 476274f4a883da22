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
import {timeline} from './timeline.js';
import {choose_theme, is_dark, show_theme} from './theme.js';
import {verdicts} from './verdicts.js';

// A panel of the page: what the navigation calls it, and what makes it. A new one is a row here.
const kPanels = [
  ['matrix', 'Priority', (data, {filter}) => matrix(data, filter)],
  ['scatter', 'Quadrant', (data, {select}) => scatter(data, select)],
  ['services', 'Services', (data, {table}) => table.element],
  ['timeline', 'Plan', (data, {select}) => timeline(data, select)],
  ['load', 'Load', (data) => load(data)],
  ['graph', 'Dependencies', (data, {select}) => graph(data, select)],
  ['firmness', 'Firmness', (data, {select}) => firmness(data, select)],
  ['verdicts', 'Verdicts', (data, {select}) => verdicts(data, select)],
];

function theme_button() {
  const button = h('button', {class: 'quiet', type: 'button', onclick: () => {
    choose_theme(is_dark() ? 'light' : 'dark');
    name();
    redraw();
    document.dispatchEvent(new Event('themechange'));
  }});
  const name = () => { button.textContent = is_dark() ? 'Light' : 'Dark'; };
  name();
  return button;
}

function start() {
  show_theme();
  const data = read_data();
  const explanation = new Explanation(data);
  const select = (name) => explanation.open(name);
  const table = new ServiceTable(data, select);
  const filter = (change) => {
    table.filter({text: '', status: '', window: '', ...change, domain: change.domain ?? ''});
    table.element.scrollIntoView({block: 'start'});
  };
  const page = document.getElementById('page');
  const main = h('main', {}, banners(data), overview(data));
  append(page, [masthead(data, theme_button()), h('nav', {'aria-label': 'Parts of the report'}, h('div', {}, kPanels.map(([id, title]) => h('a', {href: `#${id}`}, title)))), main, explanation.element]);
  if (data.services.length > 0) {
    for (const [, , make] of kPanels) append(main, [make(data, {filter, select, table})]);
  }
  append(page, [h('footer', {}, 'Made by migplan report. Charts: Apache ECharts, Apache License 2.0. The numbers of this page stand in its JSON and Markdown formats as well.')]);
  for (const link of [...page.querySelectorAll('nav a')]) if (!document.getElementById(link.hash.slice(1))) link.remove();
  watch_window();
  document.documentElement.dataset.ready = 'yes';
}

start();
