import {h, replace} from './dom.js';
import {section} from './panel.js';
import {tier_badge} from './tier.js';
import {by_text, count_of, date, number, or_dash, shown, state_words, t, term, words} from './text.js';

const kPage = 50;
const kPrinted = 500;

const checks_text = (s) => (s.failed ? `✕ ${s.failed}` : s.inconclusive ? `? ${s.inconclusive}` : s.passed ? `✓ ${s.passed}` : '–');

function meter(data, service) {
  const weights = data.report.score.policy.scoring.weights;
  const sum = Object.values(weights).reduce((a, b) => a + b, 0) || 1;
  const parts = ['impact', 'debt', 'topology'].map((key, at) => {
    const part = h('span', {class: `m${at}`});
    part.style.width = `${((service[key] ?? 0) * (weights[key] ?? 0)) / sum}%`;
    return part;
  });
  return h('span', {class: 'meter', 'aria-hidden': 'true'}, parts);
}

// Columns: key to sort by, heading, cell, numeric, and whether it stands there for this report.
function columns_of(data, select) {
  const has_checks = data.checks.length > 0;
  return [
    ['rank', '#', (s) => number(s.rank), true, true],
    ['name', t('Service'), (s) => [h('button', {class: 'name', type: 'button', 'aria-haspopup': 'dialog', onclick: (event) => {
      event.stopPropagation();
      select(s.name);
    }}, shown(s.name)), s.display_name && h('bdi', {class: 'under', title: shown(s.display_name)}, shown(s.display_name))], false, true],
    ['domain', t('Domain'), (s) => h('bdi', {}, or_dash(s.domain, 60)), false, true],
    ['tier', t('Tier'), (s) => tier_badge(data, s.tier), false, true],
    ['score', t('Score'), (s) => [number(s.score, 2), meter(data, s)], true, true],
    ['firmness', t('Tier hangs on'), (s) => (s.firmness === 'firm' ? h('span', {class: 'soft'}, t('firm')) : h('span', {class: 'caution'}, words(or_dash(data.firmness.get(s.name)?.hangs_on ?? s.firmness).replace(/^.*\./, '')))), false, true],
    ['disposition', t('Disposition'), (s) => h('bdi', {}, or_dash(term(s.disposition), 60)), false, true],
    ['status', t('State'), (s) => state_words(data.state_of(s)), false, true],
    ['cutover', t('Cutover'), (s) => [date(s.cutover), s.critical ? h('span', {class: 'under caution'}, t('critical chain')) : ''], true, data.has_plan],
    ['slack_days', t('Slack'), (s) => number(s.slack_days), true, data.has_plan],
    ['failed', t('Checks'), (s) => h('span', {class: s.failed ? 'alert' : s.inconclusive ? 'caution' : 'soft'}, checks_text(s)), true, has_checks],
  ].filter((column) => column[4]);
}

// Null behind everything, whichever way.
function order(key, falls, data) {
  const value = key === 'tier' ? (s) => data.tier(s) : (s) => s[key];
  const sign = falls ? -1 : 1;
  return (a, b) => {
    const x = value(a), y = value(b);
    if (x === null || y === null || x === undefined || y === undefined) return (x ?? null) === (y ?? null) ? a.rank - b.rank : (x ?? null) === null ? 1 : -1;
    const way = typeof x === 'number' && typeof y === 'number' ? x - y : by_text(String(x), String(y));
    return way === 0 ? a.rank - b.rank : sign * way;
  };
}

export class ServiceTable {
  constructor(data, select) {
    this.data = data;
    this.columns = columns_of(data, select);
    this.select = select;
    this.sorted_by = 'rank';
    this.falls = false;
    this.page = 0;
    this.filters = {text: '', tier: '', domain: '', status: '', window: ''};
    this.haystack = new Map(data.services.map((s) => [s.name,
      [s.name, s.display_name, s.domain, s.team, s.owner, s.disposition, term(s.disposition)].map((text) => shown(text, 400)).join('\n').toLowerCase()]));
    this.make();
    this.refresh();
  }

  make() {
    this.search = h('input', {type: 'search', placeholder: t('Name, team, owner …'), 'aria-label': t('Find services by name, team, owner or domain'),
      oninput: () => this.filter({text: this.search.value})});
    this.chips = ['', ...this.data.tiers.map(({tier}) => tier)].map((tier) => h('button', {type: 'button', 'data-tier': tier,
      onclick: () => this.filter({tier})}, tier === '' ? t('All') : shown(tier, 24)));
    this.domain = this.choice('domain', t('Every domain'), t('Filter by domain'), this.data.values('domain'));
    this.status = this.choice('status', t('Every state'), t('Filter by state'), this.data.values('status'));
    this.window = this.choice('window', t('Every window'), t('Filter by window'), this.data.values('window'));
    this.reset = h('button', {class: 'quiet', type: 'button', onclick: () => this.filter({text: '', tier: '', domain: '', status: '', window: ''})}, t('Clear'));
    this.head = h('tr');
    this.body = h('tbody');
    this.count = h('p', {'aria-live': 'polite'});
    this.previous = h('button', {class: 'quiet', type: 'button', onclick: () => this.turn(-1)}, t('← Previous'));
    this.next = h('button', {class: 'quiet', type: 'button', onclick: () => this.turn(1)}, t('Next →'));
    this.table = h('table', {class: 'services'}, h('caption', {class: 'visually-hidden'}, t('Services, their scores and plans')), h('thead', {}, this.head), this.body);
    this.element = section('services', t('Services'), t('By score, the highest first. Choose a service for where its points come from, its plan and its checks.'),
      h('div', {class: 'tools', role: 'search'}, this.search, h('div', {class: 'chips', role: 'group', 'aria-label': t('Tier')}, this.chips),
        this.domain, this.status, this.data.has_plan && this.window, this.reset),
      h('div', {class: 'scroll'}, this.table), h('div', {class: 'pages'}, this.count, h('div', {}, this.previous, this.next)));
    window.addEventListener('beforeprint', () => this.refresh(kPrinted));
    window.addEventListener('afterprint', () => this.refresh());
  }

  choice(key, all, purpose, values) {
    return h('select', {'aria-label': purpose, onchange: (event) => this.filter({[key]: event.target.value})},
      h('option', {value: ''}, all), values.map((value) => h('option', {value}, shown(term(value), 60))));
  }

  filter(change) {
    Object.assign(this.filters, change);
    this.page = 0;
    this.search.value = this.filters.text;
    for (const key of ['domain', 'status', 'window']) this[key].value = this.filters[key];
    this.refresh();
  }

  sort(key) {
    this.falls = this.sorted_by === key ? !this.falls : ['score', 'slack_days', 'failed'].includes(key) && key !== 'slack_days';
    this.sorted_by = key;
    this.page = 0;
    this.refresh();
  }

  turn(pages) {
    this.page += pages;
    this.refresh();
    this.element.scrollIntoView({block: 'start'});
  }

  rows() {
    const {text, ...exact} = this.filters;
    const wanted = text.trim().toLowerCase();
    const keys = Object.keys(exact).filter((key) => exact[key] !== '');
    return this.data.services.filter((s) => keys.every((key) => s[key] === exact[key]) && (wanted === '' || this.haystack.get(s.name).includes(wanted)))
      .sort(order(this.sorted_by, this.falls, this.data));
  }

  refresh(page_size = kPage) {
    const rows = this.rows();
    const first = page_size === kPage ? this.page * kPage : 0;
    const here = rows.slice(first, first + page_size);
    replace(this.head, this.columns.map(([key, heading, , numeric]) => h('th', {
      scope: 'col', class: numeric && 'number', 'aria-sort': this.sorted_by === key ? (this.falls ? 'descending' : 'ascending') : 'none'},
    h('button', {type: 'button', 'data-sort': key, onclick: () => this.sort(key)}, heading))));
    replace(this.body, here.map((s) => h('tr', {'data-service': s.name, onclick: () => this.select(s.name)},
      this.columns.map(([, , cell, numeric]) => h('td', {class: numeric && 'number'}, cell(s))))),
    here.length === 0 && h('tr', {}, h('td', {colspan: String(this.columns.length), class: 'soft'}, t('No service fits.'))));
    for (const chip of this.chips) chip.setAttribute('aria-pressed', String(chip.dataset.tier === this.filters.tier));
    this.count.textContent = rows.length === 0 ? count_of(0, '{} service', '{} services') : t('{}–{} of {}', number(first + 1), number(first + here.length), count_of(rows.length, '{} service', '{} services'));
    this.previous.disabled = first === 0;
    this.next.disabled = first + here.length >= rows.length;
  }
}
