import { text } from '../_lib/random.mjs';

const LIMIT = 10000;
const FAR = 10 ** 6;
const farms = (points) => text(points.length, ...points);

const square = (n, far) => (random) => farms(Array.from({ length: n }, () => [random.int(-far, far), random.int(-far, far)]));

/** Points with integer coordinates close to the edge of a disc, in an arc of it where `inside` holds. */
const rim = (n, radius, inside = () => true) => (random) => {
  const points = [];
  while (points.length < n) {
    const x = random.int(-radius, radius);
    const y = Math.floor(Math.sqrt(radius * radius - x * x)) * (random.chance(0.5) ? 1 : -1);
    if (inside(x, y)) points.push([x, y]);
  }
  return farms(points);
};

export const tests = [
  () => farms([[0, 0]]),
  () => farms([[5, 5], [5, 5], [5, 5]]),
  () => farms([[-FAR, -FAR], [FAR, FAR]]),
  () => farms([[0, 0], [1, 0], [2, 0], [10, 0]]),
  () => farms([[0, 0], [10, 0], [5, 9]]),
  () => farms([[0, 0], [10, 0], [5, 1]]),
  () => farms([[-FAR, -FAR], [0, 0], [FAR, FAR - 1]]),
  () => farms([[3, 4], [-3, 4], [3, -4], [-3, -4], [5, 0], [-5, 0], [0, 5], [0, -5]]),
  square(10, 5),
  square(300, 100),
  square(LIMIT, FAR),
  rim(LIMIT, FAR),
  rim(LIMIT, FAR, (x, y) => y > 600000 || (y < 0 && x > 100000 && x < 300000)),
  (random) => farms(Array.from({ length: 1000 }, () => random.int(-FAR, FAR)).map((x) => [x, -x])),
  (random) => farms(Array.from({ length: 5000 }, (_, i) => [random.int(FAR - 1000, FAR), i])),
  () => farms(Array.from({ length: 2001 }, (_, i) => [i - 1000, (i - 1000) ** 2])),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, LIMIT);
  input.newline();
  for (let i = 0; i < n; i++) {
    input.ints(2, -FAR, FAR);
    input.newline();
  }
  input.end();
}
