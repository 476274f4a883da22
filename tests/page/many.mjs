// The data of a page many times over: a landscape of another size with the same shape.
const kNames = ['name', 'caller', 'callee', 'service'];

function renamed(value, suffix) {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? one : renamed(one, suffix)));
  if (value === null || typeof value !== 'object') return value;
  const copy = {};
  for (const [key, one] of Object.entries(value)) {
    copy[key] = kNames.includes(key) && typeof one === 'string' ? one + suffix : renamed(one, suffix);
  }
  return copy;
}

const repeated = (rows, times) => Array.from({length: times}, (_, i) => rows.map((row) => renamed(row, `-${i}`))).flat();

// At least `services` of them.
export function many(report, services) {
  const times = Math.ceil(services / report.services.length);
  const copy = structuredClone(report);
  copy.services = repeated(report.services, times);
  copy.overview.services = copy.services.length;
  copy.sensitivity.services = repeated(report.sensitivity.services, times);
  copy.explain.services = repeated(report.explain.services, Math.min(times, Math.ceil(3000 / report.services.length)));
  copy.graph.calls = repeated(report.graph.calls, times);
  for (const key of ['services', 'risk', 'bridges']) copy.schedule[key] = repeated(report.schedule[key] ?? [], times);
  copy.schedule.services.sort((a, b) => (a.cutover < b.cutover ? -1 : a.cutover > b.cutover ? 1 : 0));
  for (const tier of copy.score.tiers) tier.count *= times;
  for (const cell of copy.matrix.cells) cell.count *= times;
  return copy;
}

const kMark = '<script type="application/json" id="report-data">';
function borders(page) {
  const from = page.indexOf(kMark) + kMark.length;
  return [from, page.indexOf('</script>', from)];
}
export const data_of = (page) => JSON.parse(page.slice(...borders(page)));
export function with_data(page, data) {
  const [from, to] = borders(page);
  return page.slice(0, from) + JSON.stringify(data).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`) + page.slice(to);
}
