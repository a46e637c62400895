import { text } from '../_lib/random.mjs';

const STATIONS = 6000;
const CABLES = 12000;
const CUTS = 6000;

const storm = (n, cables, cuts) => text([n, cables.length, cuts.length], ...cables, cuts);
const some = (random, m, q) => random.shuffle(Array.from({ length: m }, (_, i) => i + 1)).slice(0, q);

function cable(random, n) {
  const u = random.int(1, n);
  const v = random.int(1, n - 1);
  return [u, v < u ? v : v + 1];
}

const scattered = (n, m, q) => (random) =>
  storm(n, Array.from({ length: m }, () => cable(random, n)), some(random, m, q));

/** A tree whose stations hang at most `reach` behind, and further cables. */
const connected = (n, m, q, reach) => (random) => {
  const names = random.shuffle(Array.from({ length: n }, (_, i) => i + 1));
  const cables = [];
  for (let i = 1; i < n; i++) cables.push([names[i], names[random.int(Math.max(0, i - reach), i - 1)]]);
  while (cables.length < m) cables.push(cable(random, n));
  return storm(n, random.shuffle(cables), some(random, m, q));
};

export const tests = [
  () => storm(2, [[1, 2]], [1]),
  () => storm(2, [[1, 2], [2, 1]], [2, 1]),
  () => storm(3, [[1, 2], [2, 3], [3, 1]], [3, 2, 1]),
  () => storm(6, [[1, 2], [3, 4]], [2]),
  scattered(6, 9, 9),
  scattered(10, 40, 35),
  scattered(100, 150, 100),
  connected(50, 49, 49, 1),
  connected(1000, 1500, 1500, 1000),
  connected(STATIONS, STATIONS - 1, STATIONS - 1, 1),
  connected(STATIONS, STATIONS - 1, 3000, STATIONS),
  connected(STATIONS, CABLES, CUTS, STATIONS),
  scattered(STATIONS, CABLES, CUTS),
  scattered(2000, 1500, 1500),
  scattered(2, 1000, 1000),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(2, STATIONS);
  input.space();
  const m = input.int(1, CABLES);
  input.space();
  const q = input.int(1, Math.min(m, CUTS));
  input.newline();
  for (let i = 0; i < m; i++) {
    const [u, v] = input.ints(2, 1, n);
    input.must(u !== v, 'a cable from a station to itself');
    input.newline();
  }
  input.must(new Set(input.ints(q, 1, m)).size === q, 'a cable is torn twice');
  input.newline();
  input.end();
}
