import { expectFailure, Folder, joust } from '../support/command-line';
import { prepareData } from '../support/data-folder';
import { eventually } from '../support/eventually';
import { startFor, submit } from '../support/rooms';
import { startServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';

const folder = new Folder();
const env = { DATA_DIR: `${folder.path}/data` };
beforeAll(() => prepareData(env.DATA_DIR));
afterAll(() => folder.remove());

it('dead letters are settled without a broker too, while a server runs and while none does', async () => {
  const judge = new ToldJudge();
  const server = await startServer({ env, change: (world) => ({ ...world, judge }) });
  const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  const room = await startFor(ann, ben);
  const watch = await ann.watch(room.id);
  const id = await submit(ann, room.id, 'BROKEN');
  await watch.until('submission.judged');

  const listed = await joust(['dlq:list'], env);
  expect(listed.stdout).toMatch(new RegExp(`^submission .*reason\n${id} .*The engine was told to fail\n$`));
  expect((await joust(['dlq:peek', id], env)).stdout).toMatch(/python on a-plus-b[^]*The engine was told to fail/);
  judge.insists.set('BROKEN', 'AC');
  const replayed = await joust(['dlq:replay', id], env);
  expect(replayed).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^To be judged again; .*: 1\.\n$/),
  });
  await watch.until(({ type, data }) => type === 'submission.judged' && data.verdict === 'AC');
  expect((await joust(['dlq:replay', id], env)).stdout).toMatch(/: 0\. No dead letters, so nothing changed: 1\.\n$/);

  judge.insists.set('BROKEN again', 'BROKEN');
  const other = await submit(ben, room.id, 'BROKEN again');
  await eventually('it is given up', async () => (await ben.get(`/submissions/${other}`)).body.verdict === 'JE');
  await server.close();

  expect((await joust(['dlq:drop', '--all', '--json'], env)).json).toEqual({
    ...{ settled: [{ id: other, changed: true }], noticesGone: true },
  });
  expect((await joust(['dlq:list'], env)).stdout).toBe('There are no dead letters.\n');
  expectFailure(await joust(['dlq:peek', other], env), /is no dead letter: see dlq:list\.$/m);
  expectFailure(await joust(['dlq:replay', 'sub_none'], env), /^There is no submission sub_none\.$/m);
  for (const words of [[], [id, '--all']])
    expectFailure(await joust(['dlq:drop', ...words], env), /^Name submissions, or say --all, or --strays\.$/m);
});
