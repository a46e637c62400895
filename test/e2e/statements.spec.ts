import { SchedulerRegistry } from '@nestjs/schedule';
import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import type { Player, Reply } from '../support/player';
import { startFor, submission, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { recordStatements, type Statement } from '../support/statements';

/** How many statements each request may send to the database, those that begin and end a transaction included. */
const STATEMENTS = {
  'GET a room': 1,
  'GET the leaderboard': 1,
  'GET the events': 2,
  'GET the statements': 2,
  'GET the problems': 1,
  'GET a problem': 2,
  'GET forty submissions': 2,
  'GET a submission': 2,
  'GET past contests': 1,
  'GET what is known of me': 2,
  'POST a room': 7,
  'POST a join': 8,
  'POST a join again': 3,
  'POST ready': 5,
  'POST a submission': 1,
  'POST a submission again': 2,
  'POST a trial': 3,
  'POST a refresh': 8,
} as const;

/** Nobody judges here, so that what is counted is the request and nothing else. */
class DeafQueue extends MemoryJudgeQueue {
  override consume(): Promise<void> {
    return Promise.resolve();
  }
}

let server: TestServer;
let statements: Statement[];
const people: Player[] = [];
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, queue: new DeafQueue() }) });
  const scheduler = server.app.get(SchedulerRegistry);
  for (const name of scheduler.getIntervals()) scheduler.deleteInterval(name);
  for (const name of ['Ann', 'Ben', 'Cat', 'Dan']) people.push(await server.guest(name));
  statements = recordStatements(server.world.db);
});
afterAll(() => server.close());

it('a request asks the database as often as the table says, however much there is to tell', async () => {
  const [ann, ben, cat, dan] = people as [Player, Player, Player, Player];
  const counted: Record<string, number> = {};
  /** Who asks is looked up every few seconds; here that has just been done. */
  async function count(name: keyof typeof STATEMENTS, who: Player, request: () => Promise<Reply>): Promise<Reply> {
    await who.get('/me');
    statements.length = 0;
    const reply = await request();
    counted[name] = statements.length;
    expect({ name, ok: reply.status < 300 }).toEqual({ name, ok: true });
    return reply;
  }

  const room = await startFor(ann, ben, { problems: ['a-plus-b'], spectators: true });
  const path = `/rooms/${room.id}`;
  const send = (body = submission(SUM)) => ann.post(`${path}/submissions`, body);
  for (let sent = 0; sent < 39; sent += 1) await send();
  const again = submission(SUM);
  const { body: accepted } = await count('POST a submission', ann, () => send(again));
  await count('POST a submission again', ann, () => send(again));
  await count('POST a trial', ann, () =>
    ann.post(`${path}/trials`, { problem: 'A', language: 'python', source: SUM, input: '1 2' }),
  );
  await count('GET a room', ann, () => ann.get(path));
  await count('GET the leaderboard', ann, () => ann.get(`${path}/leaderboard`));
  await count('GET the events', ann, () => ann.get(`${path}/events`));
  await count('GET the statements', ann, () => ann.get(`${path}/problems`));
  await count('GET the problems', ann, () => ann.get('/problems'));
  await count('GET a problem', ann, () => ann.get('/problems/a-plus-b'));
  const listed = await count('GET forty submissions', ann, () => ann.get(`${path}/submissions`));
  expect(listed.body.items).toHaveLength(40);
  await count('GET a submission', ann, () => ann.get(`/submissions/${accepted.submissionId}`));

  const opened = await count('POST a room', cat, () => cat.post('/rooms', {}));
  const { code } = opened.body.room;
  const joining = { code, password: opened.body.password };
  await count('POST a join', dan, () => dan.post('/rooms/join', joining));
  await count('POST a join again', dan, () => dan.post('/rooms/join', joining));
  await count('POST ready', dan, () => dan.post(`/rooms/${opened.body.room.id}/ready`, { ready: true }));
  await cat.post(`/rooms/${opened.body.room.id}/cancel`);

  for (let played = 0; played < 3; played += 1) {
    const { id } = await startFor(cat, dan);
    await cat.post(`/rooms/${id}/resign`);
  }
  const past = await count('GET past contests', cat, () => cat.get(`/users/${cat.id}/history`));
  expect(past.body.items).toHaveLength(3);
  await count('GET what is known of me', cat, () => cat.get('/me/stats'));
  await count('POST a refresh', cat, () => cat.post('/auth/refresh'));

  expect(counted).toEqual(STATEMENTS);
});
