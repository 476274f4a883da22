// build_picture.mjs OUT: writes the script that draws pictures, in the language that Duktape knows: that of 2009.
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, transform} from 'esbuild';
import typescript from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2]);
const bundled = await build({
  entryPoints: [join(here, 'picture.js')], bundle: true, write: false, legalComments: 'none', charset: 'utf8', target: 'es2020',
  logLevel: 'warning', format: 'iife', globalName: 'picture', define: {'process.env.NODE_ENV': '"production"'},
});
const {ES5} = typescript.ScriptTarget;
const old = typescript.transpileModule(bundled.outputFiles[0].text, {
  compilerOptions: {target: ES5, downlevelIteration: true, module: typescript.ModuleKind.None, removeComments: true}}).outputText;
// Not its shorter syntax: of that Duktape cannot read all.
const script = await transform(old, {minifyWhitespace: true, minifyIdentifiers: true, target: 'es5', charset: 'utf8', legalComments: 'none'});
mkdirSync(dirname(out), {recursive: true});
writeFileSync(out, script.code);
