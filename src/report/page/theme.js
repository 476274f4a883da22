// Colours after Okabe and Ito, told apart by people with any colour vision; tiers, phases and verdicts are told apart by
// shape, pattern or word besides.
const kLight = {
  paper: '#ffffff', ground: '#f6f5f1', ink: '#1b1f26', soft: '#5b616b', faint: '#8b9099', line: '#dedbd2',
  band: 'rgba(27, 31, 38, 0.035)', freeze: 'rgba(86, 180, 233, 0.22)', freezeInk: '#2b6f9c',
  alert: '#b8400a', edge: 'rgba(91, 97, 107, 0.28)', bridge: '#c07f00', cycle: '#b8400a', today: '#1b1f26',
  series: ['#c8500a', '#0067a8', '#00866a', '#a9568c', '#b37a00', '#3d8fc4'],
  used: '#0067a8', usedArea: 'rgba(0, 103, 168, 0.16)', full: 'rgba(200, 80, 10, 0.30)',
  phases: {
    isolate: '#a9568c', sync: '#a9568c', refactor: '#8fa6bd', grey: '#3d8fc4', admission: '#3d8fc4', canary: '#e0a51b',
    'dual-write': '#e0a51b', cutover: '#1b1f26', retire: '#d4d1c7'},
  other: ['#8fa6bd', '#3d8fc4', '#e0a51b', '#a9568c', '#00866a'],
};
const kDark = {
  paper: '#171b21', ground: '#0f1216', ink: '#eceae4', soft: '#aab0b9', faint: '#7d848e', line: '#2d333c',
  band: 'rgba(255, 255, 255, 0.03)', freeze: 'rgba(86, 180, 233, 0.18)', freezeInk: '#8cc8ef',
  alert: '#ff9a66', edge: 'rgba(170, 176, 185, 0.25)', bridge: '#f0b429', cycle: '#ff8d55', today: '#eceae4',
  series: ['#ff8d4d', '#5cb3ec', '#35c4a0', '#d98abf', '#f0b429', '#8cc8ef'],
  used: '#5cb3ec', usedArea: 'rgba(92, 179, 236, 0.18)', full: 'rgba(255, 141, 77, 0.30)',
  phases: {
    isolate: '#d98abf', sync: '#d98abf', refactor: '#5f7690', grey: '#5cb3ec', admission: '#5cb3ec', canary: '#f0b429',
    'dual-write': '#f0b429', cutover: '#ffffff', retire: '#434a54'},
  other: ['#5f7690', '#5cb3ec', '#f0b429', '#d98abf', '#35c4a0'],
};
export const kSymbols = ['diamond', 'circle', 'rect', 'triangle', 'arrow', 'pin'];
export const kinds = kSymbols.length;  // further tiers begin again
export const kMarks = ['◆', '●', '■', '▲', '▼', '★'];
export const kFont = "Inter, system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'Noto Sans CJK SC', sans-serif";

let chosen = '';  // '' = what the reader's system wants
let is_printing = false;
export const is_dark = () => {
  if (is_printing) return false;
  return chosen === '' ? window.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
};
export const colours = () => (is_dark() ? kDark : kLight);
export function show_theme() { document.documentElement.dataset.theme = is_dark() ? 'dark' : 'light'; }
export function choose_theme(name) { chosen = name; }
export function print_theme(value) {
  is_printing = value;
  show_theme();
}
export const tier_colour = (at) => colours().series[at % colours().series.length];
export function phase_colour(phase, phases) {
  const {phases: known, other} = colours();
  return known[phase] ?? other[Math.max(0, phases.indexOf(phase)) % other.length];
}
