// build.mjs OUT: writes the page without its data. Where the data go stands the marker that html.cpp looks for. The
// policy of the page allows its two scripts and its style by their hashes and nothing else: no network, no frame, no plugin.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2]);
const bundle = async (file, more) => {
  const result = await build({
    entryPoints: [join(here, file)], bundle: true, minify: true, write: false, legalComments: 'none', charset: 'utf8',
    target: 'es2020', logLevel: 'warning', ...more,
  });
  return result.outputFiles[0].text.trim();
};
const hash = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

const script = await bundle('main.js', {format: 'iife'});
const engine = await bundle('engine.js', {format: 'iife', globalName: 'chart_engine', define: {'process.env.NODE_ENV': '"production"'}});
const style = await bundle('style.css');
if (/<\/script|<!--/i.test(script + engine) || /<\/style/i.test(style)) throw new Error('the bundle would close its own element');
const policy = `default-src 'none'; script-src ${hash(script)} ${hash(engine)}; style-src ${hash(style)}; img-src data:; ` +
  `base-uri 'none'; form-action 'none'`;
// What is bundled asks to be named wherever it goes.
const licence = ['echarts/NOTICE', 'zrender/LICENSE'].map((file) => readFileSync(join(here, 'node_modules', file), 'utf8').trim())
  .join('\n\nand zrender:\n\n');
if (licence.includes('--')) throw new Error('a licence would end its comment');
const page = readFileSync(join(here, 'page.html'), 'utf8')
  .replace('{{policy}}', () => policy)
  .replace('{{licence}}', () => licence)
  .replace('{{style}}', () => style)
  .replace('{{script}}', () => script)
  .replace('{{engine}}', () => engine);
if (page.split('{{data}}').length !== 2) throw new Error('the place of the data is not there once');
mkdirSync(dirname(out), {recursive: true});
writeFileSync(out, page);
