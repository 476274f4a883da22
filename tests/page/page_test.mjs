// page_test.mjs PROGRAM [FOLDER]: makes pages with the program and uses them in headless Chromium as a person would.
// Screenshots are kept where a folder is named. Exit code 77: Chromium, playwright-core or the page itself is not there.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const kSkipped = 77;
const [program, pictures] = process.argv.slice(2).map((path) => resolve(path));
const source = join(dirname(fileURLToPath(import.meta.url)), '../..');
const skip = (why) => {
  console.log(`skipped: ${why}`);
  process.exit(kSkipped);
};

if (!execFileSync(program, ['report', '--help'], {encoding: 'utf8'}).includes('html')) skip('built without the page');
const chromium_path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!chromium_path) skip('there is no Chromium');
let chromium;
try {
  ({chromium} = await import('playwright-core'));
} catch {
  skip('playwright-core is not installed: npm ci --prefix tests/page');
}
const {data_of, many, with_data} = await import('./many.mjs');

const folder = mkdtempSync(join(tmpdir(), 'migplan-page-'));
const file = (name, text) => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
const run = (...words) => execFileSync(program, words, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 30});
const browser = await chromium.launch({executablePath: chromium_path, args: ['--no-sandbox', '--disable-gpu']});

// Runs in the page before its own scripts. Asked from outside, the page answers later: it may be drawing its first chart.
function note_when_ready() {
  new MutationObserver((_, observer) => {
    if (document.documentElement?.dataset.ready !== 'yes') return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.ready_at = performance.now(); }));
  }).observe(document, {attributes: true, subtree: true});
}

// A file from disk; what it said on the console, threw or asked the network for.
async function shown(path, options = {}) {
  const context = await browser.newContext({viewport: {width: 1320, height: 900}, timezoneId: 'America/Los_Angeles', ...options});
  const page = await context.newPage();
  await page.addInitScript(note_when_ready);
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith('file:')) complaints.push(`asked for ${request.url().slice(0, 80)}`); });
  page.on('dialog', (dialog) => { complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(pathToFileURL(path).href);
  return {page, complaints, close: () => context.close()};
}

// A page that is ready to be used.
async function open(path, options = {}) {
  const {page, complaints, close} = await shown(path, options);
  await page.waitForSelector('html[data-ready=yes]', {state: 'attached', timeout: 60_000});
  const answered = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())))));
  const ready = await page.evaluate(() => window.ready_at);
  return {page, complaints, ready: `ready for use after ${Math.round(ready)} ms, answers from outside after ${Math.round(answered)} ms`, close};
}

// Every chart comes into the window once, and none changes the height that was kept for it.
async function walk(page) {
  const height = await page.evaluate(() => document.body.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate((to) => window.scrollTo({top: to, behavior: 'instant'}), y);
    await page.waitForTimeout(60);
  }
  await page.evaluate(() => window.scrollTo({top: 0, behavior: 'instant'}));
  await page.waitForFunction(() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.querySelector('canvas')));
  assert.equal(await page.evaluate(() => document.body.scrollHeight), height);
}
// How many colours each chart that is drawn has.
const colours_drawn = () => [...document.querySelectorAll('[data-chart] canvas:first-child')].map((canvas) => {
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
});
const picture = async (page, name, more = {}) => { if (pictures) await page.screenshot({path: join(pictures, `${name}.png`), ...more}); };
const names = (page) => page.$$eval('.services tbody tr', (rows) => rows.map((row) => row.dataset.service));

let failed = 0, passed = 0;
async function test(name, body) {
  try {
    await body();
    ++passed;
    console.log(`ok: ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED: ${name}\n${error.stack}`);
  }
}

const inventory = join(source, 'data/services.yaml');
run('schedule', inventory, '--budget', '200', '-o', 'plan.json');
file('verdicts.json', JSON.stringify({schema: 'migplan/gate/v1', checks: [
  {service: 'member-core', check: 'memory-drop', verdict: 'fail', observed: 31.5, limit: 45, unit: '%', samples: null, low: null, high: null, source: 'gc.log', message: 'the peak fell by 31.5 %'},
  {service: 'coupon-issue', check: 'throughput-lift', verdict: 'pass', observed: 42, limit: 30, unit: '%', samples: 8000, low: 40, high: 44, source: 'k6.json', message: 'lifted'}]}));
run('report', inventory, '--schedule', 'plan.json', '--checks', 'verdicts.json', '--as-of', '2024-09-02', '-o', 'reference.html', '-q');
const reference = readFileSync(file('reference.html'), 'utf8');
const report = data_of(reference);

await test('the page of 137 services is one file of less than 2.5 MB that asks for nothing', async () => {
  assert.equal(report.services.length, 137);
  assert.ok(reference.length < 2_500_000, `${reference.length} characters`);
  const [, ...allowed] = reference.match(/default-src 'none'; script-src '([^']+)' '([^']+)'; style-src '([^']+)';/);
  const texts = [/<script>(.*?)<\/script>/s, /<script type="text\/plain" id="chart-engine">(.*?)<\/script>/s, /<style>(.*?)<\/style>/s].map((element) => reference.match(element)[1]);
  assert.deepEqual(allowed, texts.map((text) => `sha256-${createHash('sha256').update(text).digest('base64')}`));
});

await test('it draws every panel without a complaint, dark and light, and on paper', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const {page, complaints, ready, close} = await open(file('reference.html'), {colorScheme});
    console.log(`  137 services, ${colorScheme}: ${ready}`);
    await walk(page);
    const panels = await page.$$eval('section', (sections) => sections.map((section) => section.id));
    assert.deepEqual(panels, ['matrix', 'scatter', 'services', 'timeline', 'load', 'graph', 'firmness', 'verdicts']);
    const drawn = await page.evaluate(colours_drawn);
    assert.equal(drawn.length, 5);
    for (const colours of drawn) assert.ok(colours > 8, 'a chart is empty');
    await picture(page, `reference-${colorScheme}`, {fullPage: true});
    const pdf = await page.pdf({preferCSSPageSize: true});
    if (pictures) writeFileSync(join(pictures, `reference-${colorScheme}.pdf`), pdf);
    assert.ok(pdf.length > 50_000);
    assert.deepEqual(complaints, []);
    await close();
  }
});

// A window so low that no chart is near it.
const low = {viewport: {width: 1320, height: 200}};

await test('charts and what draws them wait until one comes near, and the page is used without', async () => {
  const {page, complaints, close} = await open(file('reference.html'), low);
  const is_run = () => page.evaluate(() => window.chart_engine !== undefined);
  await page.waitForTimeout(1000);
  await page.$eval('[data-sort=name]', (button) => button.click());
  assert.equal((await names(page))[0], report.services.map((service) => service.name).sort()[0]);
  await page.$eval('.services tbody .name', (button) => button.click());
  assert.ok(await page.$('dialog[open] .dimension'));
  await page.keyboard.press('Escape');
  assert.equal(await is_run(), false);
  await page.click('nav a[href="#load"]');
  await page.waitForSelector('#load canvas');
  assert.equal(await is_run(), true);
  assert.equal(await page.$('#firmness canvas'), null);
  assert.deepEqual(complaints, []);
  await close();
});

await test('what is printed as soon as the page is there has every chart', async () => {
  const {page, complaints, close} = await open(file('reference.html'), low);
  const canvases = () => document.querySelectorAll('[data-chart] canvas:first-child').length;
  assert.equal(await page.evaluate(canvases), 0);
  const at_once = await page.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'));
    return document.querySelectorAll('[data-chart] canvas:first-child').length;
  });
  assert.equal(at_once, 5);
  for (const colours of await page.evaluate(colours_drawn)) assert.ok(colours > 8, 'a chart is empty');
  await close();
  const soon = await open(file('reference.html'), low);
  const first = await soon.page.pdf({preferCSSPageSize: true});
  await walk(soon.page);
  const second = await soon.page.pdf({preferCSSPageSize: true});
  // Charts are half of it.
  assert.ok(Math.abs(first.length - second.length) < 1000, `${first.length} bytes at once, ${second.length} later`);
  if (pictures) writeFileSync(join(pictures, 'printed-at-once.pdf'), first);
  assert.deepEqual([...complaints, ...soon.complaints], []);
  await soon.close();
});

await test('every chart says what it shows, and its numbers stand in a table', async () => {
  const {page, close} = await open(file('reference.html'));
  const charts = await page.$$eval('[data-chart]', (all) => all.map((chart) => [chart.getAttribute('role'), chart.getAttribute('aria-label'), chart.closest('section').querySelectorAll('details').length]));
  for (const [role, label, tables] of charts) {
    assert.equal(role, 'img');
    assert.ok(label.length > 40, label);
    assert.ok(tables >= 1);
  }
  await page.click('#load summary');
  await page.waitForSelector('#load details tbody tr');
  assert.equal(await page.$$eval('#load details tbody tr', (rows) => rows.length), report.schedule.resources.length);
  await close();
});

await test('services are sorted, filtered and found', async () => {
  const {page, close} = await open(file('reference.html'));
  const by_score = report.services.map((service) => service.name);
  assert.deepEqual(await names(page), by_score.slice(0, 50));
  await page.click('[data-sort=name]');
  assert.deepEqual(await names(page), [...by_score].sort().slice(0, 50));
  await page.click('[data-sort=name]');
  assert.deepEqual(await names(page), [...by_score].sort().reverse().slice(0, 50));
  assert.equal(await page.getAttribute('th:has([data-sort=name])', 'aria-sort'), 'descending');
  await page.click('.chips [data-tier=S]');
  assert.deepEqual(await names(page), report.services.filter((s) => s.tier === 'S').map((s) => s.name).sort().reverse());
  await page.fill('input[type=search]', 'ledger');
  const wanted = report.services.filter((s) => s.tier === 'S' && JSON.stringify([s.name, s.display_name, s.domain, s.team, s.owner, s.disposition]).includes('ledger'));
  assert.deepEqual((await names(page)).sort(), wanted.map((s) => s.name).sort());
  await page.click('text=Clear');
  await page.click('text=Next →');
  assert.equal((await names(page)).length, 50);
  assert.match(await page.textContent('.pages p'), /^51–100 of 137 services$/);
  const cell = report.matrix.cells[0];
  await page.click(`.cell[aria-label*="tier ${cell.tier} in ${cell.domain}"]`);
  assert.deepEqual((await names(page)).sort(), [...cell.services].sort());
  await close();
});

await test('a click tells where the points of a service come from, and the keyboard does all of it', async () => {
  const {page, complaints, close} = await open(file('reference.html'));
  const first = report.explain.services[0];
  await page.click(`tr[data-service=${first.name}] td:nth-child(3)`);
  const shown = await page.textContent('dialog');
  for (const term of first.terms) assert.ok(shown.includes(`${term.contribution.toFixed(2)} points`), `${term.dimension}: ${shown}`);
  assert.ok(shown.includes(`services.yaml:${first.terms[0].facts[0].line}`));
  await picture(page, 'explanation');
  await page.keyboard.press('Escape');
  assert.equal(await page.$('dialog[open]'), null);
  await page.focus('[data-sort=cutover]');
  await page.keyboard.press('Enter');
  const earliest = (await names(page))[0];
  await page.focus(`tr[data-service=${earliest}] .name`);
  await page.keyboard.press('Enter');
  assert.ok((await page.textContent('dialog')).includes(earliest));
  assert.ok(await page.evaluate(() => document.querySelector('dialog').contains(document.activeElement)));
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), earliest);
  assert.deepEqual(complaints, []);
  await close();
});

await test('in Chinese the page has no English of its own, and the same data', async () => {
  run('report', inventory, '--schedule', 'plan.json', '--checks', 'verdicts.json', '--as-of', '2024-09-02', '--lang', 'zh', '-o', 'chinese.html', '-q');
  const {language, ...data} = data_of(readFileSync(file('chinese.html'), 'utf8'));
  assert.deepEqual(data, report);
  assert.ok(Object.keys(language.labels).length > 200);
  const {page, complaints, close} = await open(file('chinese.html'));
  await walk(page);
  assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
  assert.equal(await page.title(), '迁移报告');
  const first = report.explain.services[0];
  await page.click(`tr[data-service=${first.name}] .name`);
  for (const summary of await page.$$('section summary')) await summary.evaluate((element) => element.click());
  await page.waitForTimeout(200);
  const own = await page.$$eval('h2:not(#explanation-title), h3, nav a, .services th, dialog th, dt, summary, details th, .hint', (all) => all.map((element) => element.textContent));
  const left = own.filter((text) => /[A-Za-z]{4,}/.test(text.replace(/migplan|--[a-z_]+ [a-z_]+|SonarQube|JSON/g, '')));
  assert.deepEqual([...new Set(left)], []);
  for (const label of await page.$$eval('[data-chart]', (all) => all.map((chart) => chart.getAttribute('aria-label')))) assert.match(label, /[\u4e00-\u9fff]{4}/);
  const shown = await page.textContent('dialog');
  for (const word of ['业务影响度', '处置策略', `${first.terms[0].contribution.toFixed(2)} 分`]) assert.ok(shown.includes(word), word);
  assert.match(await page.textContent('#services tbody'), /已冻结|待评估|开发中/);
  await picture(page, 'chinese');
  await page.keyboard.press('Escape');
  await picture(page, 'chinese-page', {fullPage: true});
  assert.deepEqual(complaints, []);
  await close();
});

await test('hostile texts do nothing and are shown as they are', async () => {
  const hostile = ['<script>window.hit=1</script>', '"><img src=x onerror=window.hit=1>', '</script><script>window.hit=1</script>', '<!--<script>', '=1+1', '\u202eevil\u202c', '\u001b[31mred', '{{data}}', '\u2028line', 'javascript:alert(1)', '&lt;b&gt;', 'x'.repeat(1_000_000)];
  const services = hostile.map((text, i) => ({name: `svc-${i}`, display_name: text, domain: text.slice(0, 300), team: text.slice(0, 300), owner: text.slice(0, 300), impact: {peak_orders_per_second: 10 * i + 1, sla_30d: 99}, debt: {sonar_debt_days: 20, high_risk_vulnerabilities: 1}, topology: {upstream_chain_length: 1, downstream_strong_dependencies: 1},
    coupling: {core_flow_calls: i, data_dependency_interfaces: i}, platform: {jdk: 8, framework_end_of_life: true, automated_test_coverage: 0.1, cve_count: i, missing_documentation: 0.4, community_activity: 0.1}, depends_on: i === 0 ? [] : [{service: `svc-${i - 1}`}]}));
  file('hostile.json', JSON.stringify({schema: 'migplan/inventory/v1', services}));
  file('hostile-policy.json', JSON.stringify({schema: 'migplan/policy/v1', schedule: {calendar: {freezes: [{name: hostile[0], from: '2024-02-05', to: '2024-02-18', forbids: ['cutover']}]}},
    tiers: [{name: 'S', min_score: 85, action: hostile[1], route: 'direct'}, {name: 'B', min_score: 0, action: hostile[0], route: 'gateway'}]}));
  file('hostile-checks.json', JSON.stringify({schema: 'migplan/gate/v1', checks: hostile.map((text, i) => ({service: `svc-${i}`, check: text.slice(0, 300), verdict: 'fail', message: text, source: text.slice(0, 300), unit: text.slice(0, 300), observed: 1, limit: 2}))}));
  run('report', 'hostile.json', '-p', 'hostile-policy.json', '--checks', 'hostile-checks.json', '-o', 'hostile.html', '-q');
  const {page, complaints, close} = await open(file('hostile.html'));
  await walk(page);
  for (let i = 0; i < hostile.length; ++i) {
    await page.click(`tr[data-service=svc-${i}] .name`);
    await page.keyboard.press('Escape');
  }
  for (const summary of await page.$$('summary')) await summary.click();
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.$$eval('script', (all) => all.length), 3);
  assert.equal(await page.$$eval('img', (all) => all.length), 0);
  const text = await page.textContent('#services tbody');
  assert.ok(text.includes('<script>window.hit=1</script>'));
  assert.ok(text.includes('[U+202E]evil[U+202C]'));
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 1320, 'a long text makes the page wider');
  assert.deepEqual(complaints, []);
  await picture(page, 'hostile', {fullPage: true});
  await close();
});

await test('no services make a page that says so', async () => {
  file('none.yaml', 'schema: migplan/inventory/v1\nservices: []\n');
  run('report', 'none.yaml', '-o', 'none.html', '-q');
  const {page, complaints, close} = await open(file('none.html'));
  assert.match(await page.textContent('h1'), /^0 services/);
  assert.deepEqual(complaints, []);
  await close();
});

await test('pictures are drawn as they were meant, and every text lies inside', async () => {
  const services = new Set(report.services.map((service) => service.name));
  for (const [words, least] of [[['matrix'], 60], [['schedule', '--budget', '200', '--as-of', '2024-01-16'], 137], [['matrix', '--lang', 'zh'], 60]]) {
    run(words[0], inventory, ...words.slice(1), '-o', 'picture.svg', '-q');
    const {page, complaints, close} = await shown(file('picture.svg'));
    const {outside, texts} = await page.evaluate(() => {
      const {width, height} = document.documentElement.viewBox.baseVal;
      const all = [...document.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
      return {texts: all.map(([text]) => text),
        outside: all.filter(([, box]) => box.left < 0 || box.top < 0 || box.right > width || box.bottom > height).map(([text]) => text)};
    });
    assert.deepEqual(outside, []);
    const named = texts.filter((text) => services.has(text)).length;
    assert.ok(named >= least, `${named} services named by ${words.join(' ')}`);
    await picture(page, `picture-${words.join('-')}`, {fullPage: true});
    assert.deepEqual(complaints, []);
    await close();
  }
});

for (const count of [2_000, 10_000]) {
  await test(`${count} services can be used`, async () => {
    const {services, ...more} = many(report, count);
    file('many.html', with_data(reference, {services, ...more}));
    const {page, complaints, ready, close} = await open(file('many.html'));
    console.log(`  ${count} services: ${ready}`);
    await page.fill('input[type=search]', 'member-core-3');
    assert.ok((await names(page)).includes('member-core-3'));
    await page.click('tr[data-service=member-core-3] .name');
    await page.keyboard.press('Escape');
    await page.click('text=Clear');
    await walk(page);
    assert.equal(await page.$$eval('[data-chart]:has(canvas)', (all) => all.length), 5);
    assert.ok((await page.$$eval('*', (all) => all.length)) < 30_000, 'too many elements');
    await page.fill('#graph input', 'member-core-2');
    assert.equal(await page.$$eval('#graph-names option', (all) => all.length), services.length);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#graph [data-chart][aria-label*="around member-core-2"] canvas');
    await picture(page, `many-${count}`, {fullPage: true});
    assert.deepEqual(complaints, []);
    await close();
  });
}

await browser.close();
rmSync(folder, {recursive: true, force: true});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
