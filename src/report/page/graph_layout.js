// Places of a dependency graph, the same every time: callers above what they call, by the longest way from the top over
// the graph with each cycle as one; within a layer by the mean place of the neighbours.
const kSweeps = 8;

// Strongly connected components after Tarjan, without recursion: component of each node, callees' ones first.
export function components(count, callees) {
  const index = new Int32Array(count).fill(-1), low = new Int32Array(count), of = new Int32Array(count).fill(-1);
  const stack = [], work = [];
  let next = 0, found = 0;
  for (let root = 0; root < count; ++root) {
    if (index[root] !== -1) continue;
    work.push([root, 0]);
    while (work.length > 0) {
      const frame = work[work.length - 1];
      const [node] = frame;
      if (frame[1] === 0) {
        index[node] = low[node] = next++;
        stack.push(node);
      }
      if (frame[1] < callees[node].length) {
        const callee = callees[node][frame[1]++];
        if (index[callee] === -1) work.push([callee, 0]);
        else if (of[callee] === -1) low[node] = Math.min(low[node], index[callee]);
        continue;
      }
      work.pop();
      if (work.length > 0) {
        const caller = work[work.length - 1][0];
        low[caller] = Math.min(low[caller], low[node]);
      }
      if (low[node] !== index[node]) continue;
      let member;
      do {
        member = stack.pop();
        of[member] = found;
      } while (member !== node);
      ++found;
    }
  }
  return {of, count: found};
}

function layers_of(count, callees, {of, count: found}) {
  const layer = new Int32Array(found);
  const nodes = [...Array(count).keys()].sort((a, b) => of[b] - of[a] || a - b);  // callers' components first
  for (const node of nodes) {
    for (const callee of callees[node]) {
      if (of[callee] !== of[node]) layer[of[callee]] = Math.max(layer[of[callee]], layer[of[node]] + 1);
    }
  }
  return Array.from(of, (component) => layer[component]);
}

// [{x, y}] in 0..1 a node; `callees` are lists of node numbers.
export function layout(count, callees) {
  const found = components(count, callees);
  const layer = layers_of(count, callees, found);
  const callers = Array.from({length: count}, () => []);
  callees.forEach((list, caller) => list.forEach((callee) => callers[callee].push(caller)));
  const rows = [];
  for (let node = 0; node < count; ++node) (rows[layer[node]] ??= []).push(node);
  const place = new Float64Array(count);
  const settle = (row) => row.forEach((node, at) => { place[node] = (at + 0.5) / row.length; });
  rows.forEach(settle);
  for (let sweep = 0; sweep < kSweeps; ++sweep) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const mean = new Map(row.map((node) => {
        const near = down ? callers[node] : callees[node];
        return [node, near.length === 0 ? place[node] : near.reduce((sum, other) => sum + place[other], 0) / near.length];
      }));
      row.sort((a, b) => mean.get(a) - mean.get(b) || a - b);
      settle(row);
    }
  }
  const depth = Math.max(1, rows.length - 1);
  const places = Array.from({length: count}, (_, node) => ({x: layer[node] / depth, y: place[node]}));
  return {places, component: found.of, layers: rows.length, widest: Math.max(1, ...rows.map((row) => row.length))};
}
