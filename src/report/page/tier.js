import {h} from './dom.js';
import {shown, term} from './text.js';
import {kinds, kMarks} from './theme.js';

// A tier by colour, mark and name.
export function tier_badge(data, name) {
  const at = data.tier_number.get(name) ?? 0;
  return h('span', {class: `tier t${at % kinds}`}, h('i', {'aria-hidden': 'true'}, kMarks[at % kinds]), shown(name, 24));
}

const kVerdicts = {
  pass: ['✓', 'calm'], fail: ['✕', 'alert'], inconclusive: ['?', 'caution'], exempted: ['–', 'soft']};
export function verdict_badge(verdict) {
  const [mark, tone] = kVerdicts[verdict] ?? ['', 'soft'];
  return h('span', {class: `verdict ${tone}`}, `${mark} ${shown(term(verdict), 40)}`);
}
