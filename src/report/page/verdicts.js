import {h} from './dom.js';
import {alternative, plain_table, section} from './panel.js';
import {verdict_badge} from './tier.js';
import {count_of, exact, or_dash, shown, t, term} from './text.js';

const kOrder = {fail: 0, inconclusive: 1, exempted: 2, pass: 3};
const kMost = 60;

export function verdicts(data, select) {
  const columns = [
    [t('Service'), (c) => (data.by_name.has(c.service) ? h('button', {class: 'name', type: 'button', onclick: () => select(c.service)}, shown(c.service)) : h('bdi', {}, or_dash(c.service)))],
    [t('Check'), (c) => `${c.command} ${c.check}`], [t('Verdict'), (c) => verdict_badge(c.verdict)],
    [t('Observed'), (c) => (c.observed === null ? '–' : `${exact(c.observed)} ${shown(term(c.unit), 20)}`), true], [t('Limit'), (c) => (c.limit === null ? '–' : `${exact(c.limit)} ${shown(term(c.unit), 20)}`), true],
    [t('Because'), (c) => term(c.message)], [t('Source'), (c) => c.source]];
  const rows = data.checks.map((check, at) => [check, at]).sort((a, b) => (kOrder[a[0].verdict] ?? 9) - (kOrder[b[0].verdict] ?? 9) || a[1] - b[1]).map(([check]) => check);
  if (rows.length === 0) {
    return section('verdicts', t('Verdicts'), t('No checks were given: --checks takes the JSON of gate, canary, sunset, slo, outcome and lint.'));
  }
  return section('verdicts', t('Verdicts'), t('What the checks say, failures first.'), h('div', {class: 'scroll'}, plain_table(columns, rows, kMost)),
    rows.length > kMost && alternative(count_of(rows.length, 'All {} check', 'All {} checks'), columns, rows));
}
