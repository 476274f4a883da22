import {h} from './dom.js';
import {section} from './panel.js';
import {tier_badge} from './tier.js';
import {count_of, number, or_dash, t, term} from './text.js';
import {kinds} from './theme.js';

const kMostDomains = 16;

// Tier by domain; a click shows those services.
export function matrix(data, filter) {
  const counts = new Map(), totals = new Map();
  for (const {tier, domain, count} of data.report.matrix.cells) {
    counts.set(`${tier}\u0000${domain}`, count);
    totals.set(domain, (totals.get(domain) ?? 0) + count);
  }
  const domains = [...totals].sort((a, b) => b[1] - a[1]).map(([domain]) => domain);
  const columns = domains.slice(0, kMostDomains);
  const most = Math.max(1, ...counts.values());
  const cell = (tier, at, domain) => {
    const count = counts.get(`${tier}\u0000${domain}`) ?? 0;
    if (count === 0) return h('td', {}, h('button', {class: 'cell empty', disabled: true, 'aria-label': t('no service')}, '·'));
    const button = h('button', {class: `cell${count / most > 0.62 ? ' strong' : ''}`, type: 'button',
      'aria-label': t('{} of tier {} in {}; show them', count_of(count, '{} service', '{} services'), tier, or_dash(domain, 60)),
      onclick: () => filter({tier, domain})}, number(count));
    button.style.setProperty('--c', `var(--t${at % kinds})`);
    button.style.setProperty('--s', String(Math.round(14 + 78 * (count / most))));
    return h('td', {}, button);
  };
  const table = h('table', {class: 'matrix'},
    h('colgroup', {}, h('col', {class: 'head'}), columns.map(() => h('col')), h('col', {class: 'sum'})),
    h('thead', {}, h('tr', {}, h('td', {}, h('span', {class: 'visually-hidden'}, t('Tier'))),
      columns.map((domain) => h('th', {scope: 'col'}, h('bdi', {}, or_dash(domain, 40).replace(/-/g, '-\u200b')))),
      h('th', {scope: 'col', class: 'number'}, t('all')))),
    h('tbody', {}, data.tiers.map(({tier, count, action}, at) => h('tr', {},
      h('th', {scope: 'row'}, tier_badge(data, tier), action && h('span', {class: 'under'}, h('bdi', {}, or_dash(term(action), 60)))),
      columns.map((domain) => cell(tier, at, domain)), h('td', {class: 'sum'}, number(count))))));
  const rest = domains.length - columns.length;
  return section('matrix', t('Priority matrix'),
    t('How many services of each tier stand in which domain. Choose a cell to see its services.'), table,
    rest > 0 && h('p', {class: 'hint'}, t('The {} largest domains; {} more are in the table of services.', kMostDomains, number(rest))));
}
