// Texts of the inventory are anybody's: they are shown as text nodes, and what would steer the line that they stand in
// (controls, marks that turn the direction of writing) is shown by its number.
const kSteering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const kLongest = 160;

export function shown(value, longest = kLongest) {
  if (value === null || value === undefined) return '';
  let text = typeof value === 'string' ? value : String(value);
  const isCut = text.length > longest;
  if (isCut) text = text.slice(0, longest);
  text = text.replace(kSteering, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
  return isCut ? `${text}…` : text;
}

export const or_dash = (value, longest) =>
  value === null || value === undefined || value === '' ? '–' : shown(value, longest);

const kNumbers = new Map();
export function number(value, decimals = 0) {
  if (value === null || value === undefined) return '–';
  if (!kNumbers.has(decimals)) {
    kNumbers.set(decimals, new Intl.NumberFormat('en-GB', {
      minimumFractionDigits: decimals, maximumFractionDigits: decimals}));
  }
  return kNumbers.get(decimals).format(value);
}
// As exact as it was written, up to six decimals.
export const exact = (value) =>
  typeof value === 'number' ? new Intl.NumberFormat('en-GB', {maximumFractionDigits: 6}).format(value) : or_dash(value);
export const percent = (share, decimals = 0) =>
  share === null || share === undefined ? '–' : `${number(share * 100, decimals)} %`;
// "1 service", "2 services"
export const count_of = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const kMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const kDay = 86_400_000;
// Days are counted in UTC, so that the reader's time zone moves none.
export const day_of = (iso) => Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)));
export const behind = (iso) => day_of(iso) + kDay;
export const days_between = (from, to) => Math.round((day_of(to) - day_of(from)) / kDay);
export function date(iso) {
  if (!iso) return '–';
  return `${Number(iso.slice(8, 10))} ${kMonths[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}
export function short_date(iso) {
  return `${Number(iso.slice(8, 10))} ${kMonths[Number(iso.slice(5, 7)) - 1]}`;
}
export function month_label(time) {
  const at = new Date(time);
  const month = kMonths[at.getUTCMonth()];
  if (at.getUTCDate() !== 1) return `${at.getUTCDate()} ${month}`;
  return at.getUTCMonth() === 0 ? `${month}\n${at.getUTCFullYear()}` : month;
}
export const words = (key) => String(key).replace(/_/g, ' ');
export const sentence = (text) => (text ? text[0].toUpperCase() + text.slice(1) : text);
export const by_text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
