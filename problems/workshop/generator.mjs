import { text } from '../_lib/random.mjs';

const LIMIT = 150;
const COINS = 10 ** 9;

/** Orders are given as [pay, machines]. */
const offer = (costs, orders) =>
  text([orders.length, costs.length], costs, ...orders.map(([pay, machines]) => [pay, machines.length, ...machines]));

const some = (random, m, k) => random.shuffle(Array.from({ length: m }, (_, i) => i + 1)).slice(0, k);

const any = (p, m, needs, pay, cost) => (random) =>
  offer(
    random.ints(m, 1, cost),
    Array.from({ length: p }, () => [random.int(1, pay), some(random, m, random.int(1, needs))]),
  );

/** Orders that need only machines near each other, so that whole districts pay or do not. */
const districts = (p, m, needs, pay, cost) => (random) =>
  offer(
    random.ints(m, Math.ceil(cost / 2), cost),
    Array.from({ length: p }, () => {
      const k = random.int(2, needs);
      const first = random.int(0, m - k);
      return [random.int(Math.ceil(pay / 2), pay), some(random, k, k).map((number) => number + first)];
    }),
  );

export const tests = [
  () => offer([1], [[1, [1]]]),
  () => offer([1], [[2, [1]]]),
  () => offer([COINS], [[COINS - 1, [1]], [2, [1]]]),
  () => offer([5, 5, 5], [[4, [1]], [4, [1, 2]], [4, [2]], [1, [3]]]),
  any(6, 5, 3, 20, 20),
  any(12, 8, 4, 30, 30),
  any(40, 40, 4, 1000, 1500),
  any(LIMIT, LIMIT, 13, COINS, COINS),
  any(LIMIT, LIMIT, 5, COINS, COINS),
  any(LIMIT, 13, 13, COINS / 10, COINS),
  (random) => offer(random.ints(LIMIT, 1, 10), Array.from({ length: 13 }, () => [COINS, some(random, LIMIT, LIMIT)])),
  districts(LIMIT, LIMIT, 13, COINS / 2, COINS / 2),
  districts(LIMIT, LIMIT, 12, COINS / 3, COINS / 2),
  districts(LIMIT, 100, 6, 500, 700),
  (random) => offer(random.ints(LIMIT, COINS, COINS), Array.from({ length: LIMIT }, (_, i) => [COINS, i === 0 ? [1] : [i, i + 1]])),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const [p, m] = input.ints(2, 1, LIMIT);
  input.newline();
  input.ints(m, 1, COINS);
  input.newline();
  let needs = 0;
  for (let i = 0; i < p; i++) {
    input.int(1, COINS);
    input.space();
    const k = input.int(1, m);
    input.space();
    input.must(new Set(input.ints(k, 1, m)).size === k, 'a machine is needed twice');
    input.newline();
    needs += k;
  }
  input.must(needs <= 2000, 'too many needs');
  input.end();
}
