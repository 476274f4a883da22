import {h, replace} from './dom.js';
import {count_of, or_dash, t} from './text.js';

export function section(id, title, lead, ...children) {
  return h('section', {id, 'aria-labelledby': `${id}-title`},
    h('header', {}, h('div', {}, h('h2', {id: `${id}-title`}, title), lead && h('p', {}, lead))), children);
}

// A chart's place: what it shows in a sentence for those who do not see it, and the numbers behind it as a table.
export function chart_figure(name, sentence, table, {is_short = false} = {}) {
  const element = h('div', {class: 'chart', role: 'img', 'aria-label': sentence});
  element.dataset.chart = name;
  return {element, figure: h('figure', {class: is_short ? 'short' : ''}, element, table)};
}

const kMostRows = 500;
// columns: [heading, row => cell (text or element), is_numeric]
export function plain_table(columns, rows, most = kMostRows) {
  return h('table', {},
    h('thead', {}, h('tr', {}, columns.map(([heading, , numeric]) => h('th', {scope: 'col', class: numeric && 'number'}, heading)))),
    h('tbody', {}, rows.slice(0, most).map((row) => h('tr', {}, columns.map(([, cell, numeric]) => {
      const value = cell(row);
      return h('td', {class: numeric && 'number'}, value instanceof Node ? value : h('bdi', {}, or_dash(value, 300)));
    })))));
}

// Made when it is opened: most readers open none, and a thousand rows take their time.
export function alternative(summary, columns, rows) {
  const place = h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': summary});
  const details = h('details', {class: 'alternative'}, h('summary', {}, summary), place);
  details.addEventListener('toggle', () => {
    if (!details.open || place.childNodes.length > 0) return;
    replace(place, plain_table(columns, rows), rows.length > kMostRows &&
      h('p', {class: 'hint'}, t('The first {} of {}; all of them stand in the JSON of the report.', kMostRows, count_of(rows.length, '{} row', '{} rows'))));
  });
  return details;
}
