// check.mjs FILE: a JSON list of texts. Mermaid's own parser reads each; prints those that it refuses, with the reason.
import {readFileSync} from 'node:fs';
import {JSDOM} from 'jsdom';

const dom = new JSDOM('<!DOCTYPE html><body></body>');
global.window = dom.window;
global.document = dom.window.document;
const {default: mermaid} = await import('mermaid');
mermaid.initialize({startOnLoad: false});
let refused = 0;
for (const text of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    await mermaid.parse(text);
  } catch (error) {
    ++refused;
    console.log(`${text}\n${error}\n`);
  }
}
process.exit(refused === 0 ? 0 : 1);
