// Texts of the inventory are anybody's: they are shown as text nodes, and what would steer the line that they stand in
// (controls, marks that turn the direction of writing) or is no character at all is shown by its number.
const kSteering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;
const kLongest = 160;

export function shown(value, longest = kLongest) {
  if (value === null || value === undefined) return '';
  let text = typeof value === 'string' ? value : String(value);
  const isCut = text.length > longest;
  if (isCut) text = text.slice(0, longest);
  text = text.replace(kSteering, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
  return isCut ? `${text}…` : text;
}

// A text on one line of a chart.
export const label = (text, longest = 28) => shown(text, longest).replace(/\s+/g, ' ');

export const or_dash = (value, longest) =>
  value === null || value === undefined || value === '' ? '–' : shown(value, longest);

// What the page itself says, in the language of the report: a pattern by its English, {} where a value goes and {0} for
// the first one where the language orders them otherwise. Words of the data, such as a state, are looked up apart.
let labels = new Map(), terms = new Map();
export function use_language(language) {
  if (!language) return;
  labels = new Map(Object.entries(language.labels));
  terms = new Map(Object.entries(language.terms));
}
export function t(english, ...values) {
  let next = 0;
  return (labels.get(english) ?? english).replace(/\{(\d?)\}/g, (_, place) => values[place === '' ? next++ : Number(place)]);
}
export const term = (text) => terms.get(text) ?? text;

// As Intl.NumberFormat writes numbers in British English; where pictures are drawn there is no Intl.
const grouped = (digits) => digits.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
export const number = (value, decimals = 0) =>
  value === null || value === undefined ? '–' : grouped(value.toFixed(decimals));
// As exact as it was written, up to six decimals.
export const exact = (value) =>
  typeof value === 'number' ? grouped(value.toFixed(6).replace(/\.?0+$/, '')) : or_dash(value);
export const percent = (share, decimals = 0) =>
  share === null || share === undefined ? '–' : `${number(share * 100, decimals)} %`;
// "1 service", "2 services": the pattern that fits the count.
export const count_of = (count, one, many) => t(count === 1 ? one : many, number(count));

const month = (of_year) => [t('Jan'), t('Feb'), t('Mar'), t('Apr'), t('May'), t('Jun'), t('Jul'), t('Aug'), t('Sep'), t('Oct'), t('Nov'), t('Dec')][of_year - 1];
const kDay = 86_400_000;
// Days are counted in UTC, so that the reader's time zone moves none.
export const day_of = (iso) => Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)));
export const behind = (iso) => day_of(iso) + kDay;
export const days_between = (from, to) => Math.round((day_of(to) - day_of(from)) / kDay);
export function date(iso) {
  if (!iso) return '–';
  return t('{} {} {}', Number(iso.slice(8, 10)), month(Number(iso.slice(5, 7))), iso.slice(0, 4));
}
export function short_date(iso) {
  return t('{} {}', Number(iso.slice(8, 10)), month(Number(iso.slice(5, 7))));
}
export function month_label(time) {
  const at = new Date(time);
  const name = month(at.getUTCMonth() + 1);
  if (at.getUTCDate() !== 1) return t('{} {}', at.getUTCDate(), name);
  return at.getUTCMonth() === 0 ? `${name}\n${at.getUTCFullYear()}` : name;
}
export const words = (key) => (terms.has(key) ? terms.get(key) : String(key).replace(/_/g, ' '));
// A state such as "in-development".
export const state_words = (state) => (terms.has(state) ? terms.get(state) : words(state).replace(/-/g, ' '));
export const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) : text);
export const by_text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
