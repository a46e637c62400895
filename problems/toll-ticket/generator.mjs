import { text } from '../_lib/random.mjs';

const TOWNS = 8000;
const ROADS = 11000;
const DEAR = 10 ** 9;

const map = (n, roads) => text([n, roads.length], ...roads);

/** Any roads at all, as many as asked for. */
const scattered = (n, m, dearest) => (random) =>
  map(n, Array.from({ length: m }, () => road(random, n, random.int(1, dearest))));

function road(random, n, toll) {
  const u = random.int(1, n);
  const v = random.int(1, n - 1);
  return [u, v < u ? v : v + 1, toll];
}

/** All towns connected: each one to a town at most `reach` before it, and further roads at random. */
const connected = (n, m, reach, dearest) => (random) => {
  const roads = [];
  for (let town = 2; town <= n; town++) {
    roads.push([random.int(Math.max(1, town - reach), town - 1), town, random.int(1, dearest)]);
  }
  while (roads.length < m) {
    const u = random.int(1, n - 1);
    roads.push([u, random.int(u + 1, Math.min(n, u + 2 * reach)), random.int(1, dearest)]);
  }
  return map(n, random.shuffle(roads));
};

export const tests = [
  () => map(2, [[1, 2, DEAR]]),
  () => map(2, [[1, 2, 3], [2, 1, 2]]),
  () => map(3, [[1, 2, 5], [2, 3, 7]]),
  () => map(4, [[1, 2, 5], [3, 4, 7]]),
  () => map(5, [[1, 2, 4], [2, 3, 4], [3, 5, 4], [1, 4, 1], [4, 5, 100]]),
  scattered(8, 12, 20),
  scattered(1000, 1100, 1000),
  connected(60, 90, 5, 50),
  connected(1000, 2000, 10, DEAR),
  connected(TOWNS, ROADS, 3, DEAR),
  connected(TOWNS, ROADS, TOWNS, DEAR),
  connected(100, 5000, 100, DEAR),
  (random) => map(5000, Array.from({ length: 4999 }, (_, i) => [i + 2, i + 1, random.int(DEAR - 10, DEAR)])),
  (random) => {
    const cheap = Array.from({ length: 500 }, (_, i) => [i + 1, i + 2, random.int(1, 10)]);
    return map(501 + 1, [...cheap, [1, 300, DEAR], [200, 502, DEAR - 1], [250, 400, 1000]]);
  },
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(2, TOWNS);
  input.space();
  const m = input.int(1, ROADS);
  input.newline();
  for (let i = 0; i < m; i++) {
    const [u, v] = input.ints(2, 1, n);
    input.must(u !== v, 'a road from a town to itself');
    input.space();
    input.int(1, DEAR);
    input.newline();
  }
  input.end();
}
