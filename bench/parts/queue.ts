import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import { attachPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { SystemClock } from '../../src/adapters/embedded/system.clock';
import { RabbitJudgeQueue } from '../../src/adapters/rabbitmq/rabbit.queue';
import type { JobId } from '../../src/contract/terms';
import type { JudgeQueue } from '../../src/ports';
import { openDatabase } from '../../src/store/database';
import { JobStore } from '../../src/store/job.store';
import type { SubmitPlan, SubmitResult } from '../children/submitters';
import { BROKER, removeTopology } from '../support/broker';
import { call, duels, submission } from '../support/people';
import { QUEUE, startHelper, startJoust } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now } from '../support/statistics';

const SLOTS = 8;
const CLIENTS = 16;
const GOAL = { least: 0.7 };

/**
 * Work that goes by RabbitMQ, beside the same through the queue in the process: first announcing and
 * claiming alone, on one database, where each slot waits for its acknowledgement to be on disk; then
 * submissions that are accepted, and such from the first sent to the last verdict.
 */
export async function queue(report: Report, smoke: boolean): Promise<void> {
  const prefix = `bench.${randomUUID()}.`;
  const [jobs, submissions, rounds] = smoke ? [200, 10, 1] : [5_000, 200, 3];
  const note = `best of ${rounds} rounds, in turn`;
  try {
    const claims = await claiming(prefix, jobs, rounds);
    report.add({
      part: 'queue',
      what: `announced and claimed, ${SLOTS} slots`,
      unit: '/s',
      ...claims,
      goal: GOAL,
      note,
    });
    const accepts = await alternately(rounds, prefix, (env) => acceptedPerSecond(smoke ? 1 : 4, env));
    report.add({ part: 'queue', what: '202s, 64 clients, beside the judge', unit: '/s', ...accepts, goal: GOAL, note });
    const verdicts = await alternately(rounds, prefix, (env) => judgedPerSecond(submissions, env));
    report.add({ part: 'queue', what: 'submitted and judged, python', unit: '/s', ...verdicts, goal: GOAL, note });
  } finally {
    await removeTopology(prefix);
  }
}

/** The best of each, and their ratio. */
const compared = (own: readonly number[], embedded: readonly number[]) => {
  const [value, bare] = [Math.max(...own), Math.max(...embedded)];
  return { value, bare, judged: value / bare };
};

async function claiming(prefix: string, count: number, rounds: number) {
  const joust = await startJoust({ BENCH_SILENT_QUEUE: QUEUE });
  await duels(joust.url, 1);
  const db = await openDatabase((await attachPostgres(joust))!.connection, 16);
  const [own, embedded]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    embedded.push(await claimedPerSecond(db, count, new MemoryJudgeQueue()));
    own.push(await claimedPerSecond(db, count, new RabbitJudgeQueue({ url: BROKER, prefix, say: () => undefined })));
  }
  await db.destroy();
  await joust.stop();
  return compared(own, embedded);
}

async function claimedPerSecond(db: DataSource, count: number, queue: JudgeQueue): Promise<number> {
  const jobs = new JobStore(db, new SystemClock());
  const ids = await owe(db, count);
  let claimed = 0;
  let finish: (at: number) => void;
  const finished = new Promise<number>((resolve) => (finish = resolve));
  await queue.consume(SLOTS, async (id) => {
    if ((await jobs.claim(id)) !== null && ++claimed === count) finish(now());
    return 'done';
  });
  while (!(await queue.state()).connected) await new Promise((resume) => setTimeout(resume, 20));
  const began = now();
  for (const id of ids) await queue.announce(id);
  const seconds = ((await finished) - began) / 1000;
  await queue.close();
  return count / seconds;
}

async function owe(db: DataSource, count: number): Promise<JobId[]> {
  const round = randomUUID();
  const rows = await db.query<{ id: JobId }[]>(
    `INSERT INTO submissions (id, room_id, user_id, label, language, source, key, received_at, received_seq, due_at)
      SELECT 'sub_' || $1 || '_' || n, r.id, r.host_id, 'A', 'python', 'print()', $1 || n, 1, 1, 1
        FROM rooms r, generate_series(1, $2::int) n RETURNING id`,
    [round, count],
  );
  return rows.map(({ id }) => id);
}

type Env = Readonly<Record<string, string>>;

/** The same on a server without a broker and on one with it, in turn. */
async function alternately(rounds: number, prefix: string, measure: (env: Env) => Promise<number>) {
  const [own, embedded]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    embedded.push(await measure({}));
    own.push(await measure({ AMQP_URL: BROKER, AMQP_PREFIX: prefix }));
  }
  return compared(own, embedded);
}

async function acceptedPerSecond(seconds: number, env: Env): Promise<number> {
  const joust = await startJoust(env);
  const helper = startHelper<SubmitPlan, SubmitResult>('children/submitters.ts');
  const plan = { url: joust.url, duels: await duels(joust.url, 64), clients: 64 };
  await helper.ask({ ...plan, seconds: 1 });
  const { perSecond, refused } = await helper.ask({ ...plan, seconds });
  helper.end();
  await joust.stop();
  if (Object.keys(refused).length > 0) throw new Error(`Not all were accepted: ${JSON.stringify(refused)}`);
  return perSecond;
}

async function judgedPerSecond(count: number, env: Env): Promise<number> {
  const joust = await startJoust(env);
  const rooms = await duels(joust.url, 8);
  const db = await openDatabase((await attachPostgres(joust))!.connection, 2);
  const began = now();
  await inParallel(Array.from({ length: count }), CLIENTS, async (_, index) => {
    const { roomId, players } = rooms[index % rooms.length]!;
    const { status } = await call(joust.url, 'POST', `/rooms/${roomId}/submissions`, players[0].token, submission());
    if (status !== 202) throw new Error(`A submission was answered ${status}`);
  });
  for (;;) {
    const [row] = await db.query<{ judged: number }[]>('SELECT count(verdict) AS judged FROM submissions');
    if (row!.judged === count) break;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  const perSecond = (count * 1000) / (now() - began);
  await db.destroy();
  await joust.stop();
  return perSecond;
}
