import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import { Health } from '../../src/operations/health';
import { OperationsServer } from '../../src/operations/operations.server';
import { eventually } from '../support/eventually';
import { startFor, submission, submit, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

/** A queue that can be told that it has lost its broker. */
class LosingQueue extends MemoryJudgeQueue {
  isLost = false;
  override async state() {
    return { ...(await super.state()), connected: !this.isLost };
  }
}

const queue = new LosingQueue();
let server: TestServer;
let operations: string;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, queue }) });
  operations = await server.app.get(OperationsServer).listen(0, '127.0.0.1');
});

/** The figures by name and labels, but for the label that all of them have. */
async function figures(): Promise<Map<string, number>> {
  const text = await (await fetch(`${operations}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.includes('role="all"'));
  return new Map(
    lines.map((line): [string, number] => {
      const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line)!;
      return [
        `${name} ${labels!
          .split(',')
          .filter((one) => one !== 'role="all"')
          .join(',')}`.trim(),
        Number(value),
      ];
    }),
  );
}
const ready = async (url: string) => (await fetch(`${url}/readyz`)).status;

it('counts what there is to count, under names without ids', async () => {
  const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  const room = await startFor(ann, ben);
  const sees = await ann.watch(room.id, 0);
  await submit(ann, room.id, SUM);
  await submit(ben, room.id, '1 / 0');
  await sees.until((event) => event.data?.verdict === 'AC');
  await sees.until((event) => event.data?.verdict === 'RTE');
  const found = await figures();
  expect(found.get('joust_submissions_judged_total verdict="AC"')).toBe(1);
  expect(found.get('joust_submissions_judged_total verdict="RTE"')).toBe(1);
  expect(found.get('joust_receipt_to_verdict_seconds_count')).toBe(2);
  expect(found.get('joust_sockets')).toBe(1);
  expect(found.get('joust_resumes_total kind="suffix"')).toBe(1);
  for (const none of ['jobs_owed', 'outbox_age_seconds', 'queue_depth', 'dead_letters', 'dead_letter_notices'])
    expect([none, found.get(`joust_${none}`)]).toEqual([none, 0]);
  expect(found.get('joust_breaker_open')).toBe(0);
  for (const part of ['database', 'queue', 'bus']) expect(found.get(`joust_connected part="${part}"`)).toBe(1);
  const route = 'method="POST",route="/api/rooms/:roomId/submissions",status="2xx"';
  expect(found.get(`http_request_duration_seconds_count ${route}`)).toBe(2);
  expect(found.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect([...found.keys()].filter((name) => /"(room|user|sub|trial|sess|req)_|[0-9a-f]{8}-/.test(name))).toEqual([]);
});

it('tells what is degraded and since when, and goes on', async () => {
  expect(await ready(server.url)).toBe(200);
  const began = Date.now();
  queue.isLost = true;
  const look = async () => (await (await fetch(`${operations}/readyz`)).json()) as Awaited<ReturnType<Health['look']>>;
  const report = await look();
  expect(report).toMatchObject({
    status: 'degraded',
    queue: { ok: false },
    database: { ok: true },
    judge: { ok: true },
  });
  expect(Date.parse(report.queue.since)).toBeGreaterThanOrEqual(began);
  expect((await look()).queue.since).toBe(report.queue.since);
  expect(await ready(operations)).toBe(200);
  expect((await figures()).get('joust_connected part="queue"')).toBe(0);
  queue.isLost = false;
  expect((await look()).status).toBe('ok');
});

it('is told to nobody but operators', async () => {
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  expect((await fetch(`${operations}/api/languages`)).status).toBe(404);
});

it('sends people elsewhere before it lets nobody in, and answers operators to the end', async () => {
  const [cat, dan] = [await server.guest('Cat'), await server.guest('Dan')];
  const room = await startFor(cat, dan);
  server.app.get(Health).drain();
  expect(await ready(server.url)).toBe(503);
  expect((await cat.post(`/rooms/${room.id}/submissions`, submission(SUM))).status).toBe(202);
  const closed = server.close();
  await eventually('nobody is let in', async () => {
    const refused = await fetch(`${server.url}/livez`).then(
      () => false,
      () => true,
    );
    return refused;
  });
  await closed;
  await expect(fetch(`${operations}/livez`)).rejects.toThrow();
});
