import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED } from '../../src/problems/catalogue';
import { ProblemStore } from '../../src/store/problem.store';
import { eventually } from '../support/eventually';
import type { Player, Watch } from '../support/player';
import { startFor, submit } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { problem } from '../support/stores';

/* Duels on problems with checkers of their own. */

const SECRET = `secret-${randomUUID()}`;
const MARK = `checker-${randomUUID()}`;
const LOUD = `# ${MARK}
import sys
print(open(sys.argv[1]).read(), open(sys.argv[2]).read(), file=sys.stderr)
sys.exit(42 if "hello" in open(sys.argv[1]).read() else 1)`;
const solution = (slug: string, name: string) => readFileSync(join(BUNDLED, slug, 'solutions', name), 'utf8');

let server: TestServer;
let ann: Player;
let room: { id: string };
let watch: Watch;
beforeAll(async () => {
  server = await startServer();
  const called = { convention: 'kattis', language: 'python', includes: [], args: [] } as const;
  await server.app.get(ProblemStore).save(
    problem('loud-checker', {
      checker: { kind: 'custom', source: LOUD, ...called },
      memoryKiB: 262_144,
      tests: [
        { sample: true, input: 'hello\n', answer: 'hello\n', note: null },
        { sample: false, input: `${SECRET}\n`, answer: `${SECRET}\n`, note: null },
      ],
    }),
  );
  ann = await server.guest('Ann');
  const problems = ['crooked-row', 'lost-page', 'loud-checker'];
  room = await startFor(ann, await server.guest('Ben'), { problems, opponentView: 'full' });
  watch = await ann.watch(room.id, 0);
});
afterAll(() => server.close());

const judge = async (source: string, more: object) => {
  const id = await submit(ann, room.id, source, more);
  const { data } = await watch.until(({ type, data }) => type === 'submission.judged' && data.submissionId === id);
  return { id, verdict: data.verdict };
};
const verdictOf = async (source: string, more: object) => (await judge(source, more)).verdict;
const trialOf = async (problem: string, source: string, more: object = {}) => {
  const trial = { problem, language: 'python', source, ...more };
  const { trialId } = (await ann.post(`/rooms/${room.id}/trials`, trial)).body;
  return eventually('the trial is done', async () => {
    const { body } = await ann.get(`/trials/${trialId}`);
    return body.verdict !== null && body;
  });
};

it('are told apart where they are read, and show nothing of their programs', async () => {
  const { body } = await ann.get(`/rooms/${room.id}/problems`);
  expect(body.problems.map(({ checker }: { checker: unknown }) => checker)).toEqual([
    'custom',
    'interactive',
    'custom',
  ]);
  expect((await ann.get('/problems/a-plus-b')).body.checker).toBe('answer');
  expect(JSON.stringify(body)).not.toContain(MARK);
});

it('accept any right answer, and no wrong one', async () => {
  const others = solution('crooked-row', 'accepted.py');
  expect(await trialOf('A', others)).toMatchObject({
    verdict: 'AC',
    tests: [{ verdict: 'AC', expected: null, output: '4 1 2 3\n' }, { expected: null }],
  });
  expect(await trialOf('A', 'print(-1)')).toMatchObject({
    verdict: 'WA',
    tests: [{ verdict: 'WA' }, { verdict: 'AC' }],
  });
  expect(await trialOf('A', 'print(1)', { input: '1 0' })).toMatchObject({ verdict: 'AC' });
  expect(await verdictOf(others, { problem: 'A' })).toBe('AC');
  expect(await verdictOf(solution('crooked-row', 'wrong-never-impossible.py'), { problem: 'A' })).toBe('WA');
});

it('talk, on samples and on own input too', async () => {
  const right = solution('lost-page', 'accepted.py');
  expect(await trialOf('B', right)).toMatchObject({
    verdict: 'AC',
    tests: [{ input: '100 37\n', expected: null, output: '50\n25\n37\n' }, { output: '1\n' }],
  });
  expect(await trialOf('B', right, { input: '7 7' })).toMatchObject({
    verdict: 'AC',
    tests: [{ output: '4\n6\n7\n' }],
  });
  expect(await trialOf('B', right, { input: 'seven' })).toMatchObject({ verdict: 'WA' });
  expect(await verdictOf(right, { problem: 'B' })).toBe('AC');
  expect(await verdictOf(solution('lost-page', 'wrong-last-page.py'), { problem: 'B' })).toBe('WA');
});

it('that fail are a judge error of which an operator learns why, and players nothing', async () => {
  const { id, verdict } = await judge('print("anything")', { problem: 'C' });
  expect(verdict).toBe('JE');
  const tried = await server.world.db.query<{ reason: string }[]>(
    'SELECT reason FROM judgings WHERE reason IS NOT NULL',
  );
  expect(tried.map(({ reason }) => reason)).toEqual([
    expect.stringContaining(`The problem's checker exited with 1, which says nothing: ${SECRET}`),
  ]);
  const paths = ['', '/problems', '/submissions', '/leaderboard', '/events'].map((path) => `/rooms/${room.id}${path}`);
  const shown = [JSON.stringify(watch.notices)];
  for (const path of [...paths, `/submissions/${id}`, '/problems/loud-checker'])
    shown.push(JSON.stringify((await ann.get(path)).body));
  shown.push(JSON.stringify(await trialOf('C', 'print(open(0).read())')));
  expect(shown.join('\n')).toContain('hello');
  for (const hidden of [SECRET, MARK, 'says nothing']) expect(shown.join('\n')).not.toContain(hidden);
});
