import { text } from '../_lib/random.mjs';

const LIMIT = 400;

const drawn = (...rows) => () => text([rows.length, rows[0].length], ...rows);
const filled = (r, c, cell) => Array.from({ length: r }, (_, y) => Array.from({ length: c }, (_, x) => cell(y, x)));
const printed = (grid) => text([grid.length, grid[0].length], ...grid.map((row) => row.join('')));

/** Random walls; start and exit at random places or in opposite corners; some springs of water. */
const scattered = (r, c, walls, springs, corners) => (random) => {
  const grid = filled(r, c, () => (random.chance(walls) ? '#' : '.'));
  for (let i = 0; i < springs; i++) grid[random.int(0, r - 1)][random.int(0, c - 1)] = 'W';
  const start = corners ? 0 : random.int(0, r * c - 2);
  const exit = corners ? r * c - 1 : random.int(start + 1, r * c - 1);
  grid[Math.floor(start / c)][start % c] = 'S';
  grid[Math.floor(exit / c)][exit % c] = 'E';
  return printed(grid);
};

/** One long corridor that goes to and fro; `marks` says what stands at which step of the way. */
const corridor = (r, c, marks) => () => {
  const grid = filled(r, c, (y, x) => (y % 2 === 0 || x === (y % 4 === 1 ? c - 1 : 0) ? '.' : '#'));
  const way = [];
  for (let y = 0; y < r; y++) {
    const row = Array.from({ length: c }, (_, x) => (y % 4 < 2 ? x : c - 1 - x));
    for (const x of row) if (grid[y][x] === '.') way.push([y, x]);
  }
  for (const [mark, share] of marks) {
    const [y, x] = way[Math.round((way.length - 1) * share)];
    grid[y][x] = mark;
  }
  return printed(grid);
};

export const tests = [
  drawn('SE'),
  drawn('S', 'E'),
  drawn('S#E'),
  drawn('S.E.W'),
  drawn('S.E..W'),
  drawn('WS.E'),
  drawn('SWE'),
  drawn('W..', '.S.', '..E'),
  drawn('S....', '.###.', '.#W#.', '.###.', '....E'),
  scattered(8, 9, 0.25, 1, true),
  scattered(30, 40, 0.3, 2, false),
  scattered(100, 100, 0.28, 1, true),
  scattered(100, 90, 0.2, 3, false),
  corridor(351, 351, [['S', 0], ['E', 1]]),
  corridor(201, 151, [['S', 0.3], ['E', 1], ['W', 0]]),
  corridor(151, 201, [['S', 0], ['E', 0.5], ['W', 1]]),
  scattered(LIMIT, LIMIT, 0, 0, true),
  scattered(LIMIT, LIMIT, 0.3, 1, true),
  scattered(1, LIMIT, 0, 0, true),
  drawn('.....W', '.####.', 'S....E'),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const [r, c] = input.ints(2, 1, LIMIT);
  input.newline();
  const rows = Array.from({ length: r }, () => input.match(/[#.WSE]+\n/y));
  input.must(
    rows.every((row) => row.length === c + 1),
    'a row of another length',
  );
  for (const mark of 'SE') input.must(rows.join('').split(mark).length === 2, `not one ${mark}`);
  input.end();
}
