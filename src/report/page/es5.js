// What the engine that draws the pictures lacks of the language and of its surroundings.
import 'core-js/actual/array/find.js';
import 'core-js/actual/array/flat-map.js';
import 'core-js/actual/array/includes.js';
import 'core-js/actual/array/iterator.js';
import 'core-js/actual/array/sort.js';  // the engine's own draws lots where two are equal
import 'core-js/actual/map/index.js';
import 'core-js/actual/object/entries.js';
import 'core-js/actual/set/index.js';
import 'core-js/actual/string/code-point-at.js';
import 'core-js/actual/string/iterator.js';
import 'core-js/actual/string/pad-start.js';

// Nothing moves in a picture, so nothing waits.
globalThis.setTimeout ??= () => 0;
globalThis.clearTimeout ??= () => {};
