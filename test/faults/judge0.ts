import { Client } from 'pg';
import { call, duels, submission, SUM, type Duel } from '../../bench/support/people';
import { inParallel } from '../../bench/support/statistics';
import { startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { FakeJudge0 } from '../support/fake-judge0';
import { freePort } from '../support/free-port';

const SUBMISSIONS = 100;
const AT_ONCE = 16;
/** How many runs of a trial Judge0 does badly. */
const BAD_RUNS = 12;
/** A run that Judge0 sits on is given up after a minute and its own time. */
const JUDGED_WITHIN_MS = 240_000;
const WRONG = 'print(0)';

/** What Judge0 does, as a hundred submissions arrive; it goes on until it has done so for a while. */
type Trial = (fake: FakeJudge0) => void;

const TRIALS: Readonly<Record<string, Trial>> = {
  ...Object.fromEntries(
    (['500', '503', '429', 'garbage', 'empty', 'reset'] as const).map((kind) => [
      `it answers with ${kind}`,
      (fake: FakeJudge0) => fake.answersWith(kind),
    ]),
  ),
  'it takes runs, and answers 500': (fake) => fake.answersWith('kept 500', 3, /POST/),
  [`it leaves ${BAD_RUNS} runs in state 1`]: (fake) => fake.everyRun('stays queued', BAD_RUNS),
  [`it leaves ${BAD_RUNS} runs in state 2`]: (fake) => fake.everyRun('stays running', BAD_RUNS),
  [`it loses ${BAD_RUNS} runs`]: (fake) => fake.everyRun('is lost', BAD_RUNS),
  'every run fails inside it': (fake) => fake.everyRun('fails inside'),
  'it calls back twice': (fake) => (fake.callbacks = 'twice'),
  'it calls back late': (fake) => (fake.callbacks = 'late'),
  'it calls back with garbage': (fake) => (fake.callbacks = 'garbage'),
};

/** A server on a Judge0 that misbehaves, and the books kept of it. */
class Site {
  private readonly expected = new Map<string, string>();

  private constructor(
    readonly fake: FakeJudge0,
    private readonly url: string,
    private readonly db: Client,
    private readonly duels: readonly Duel[],
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<Site> {
    const folder = temporaryFolder();
    const postgres = await startPostgres({ dataDir: folder.path, log: () => undefined });
    const engine = await startJudge();
    const fake = await FakeJudge0.start(engine.judge);
    const port = await freePort();
    const { host, user, database } = postgres.connection;
    const server = ChildServer.start({
      DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
      ...{ DATA_DIR: folder.path, PORT: String(port), RATE_LIMITS: 'off', LOG_LEVEL: 'error' },
      ...{ JUDGE0_URL: fake.url, JUDGE0_CALLBACK_URL: `http://127.0.0.1:${port}`, JUDGE_SLOTS: '12' },
    });
    const url = await server.ready();
    const db = new Client(postgres.connection);
    await db.connect();
    const close = async () => {
      await server.stop();
      await fake.close();
      await engine.stop();
      await db.end();
      await postgres.stop();
      folder.remove();
    };
    return new Site(fake, url, db, await duels(url, 10), close);
  }

  /** Right and wrong programs, turn by turn; what is accepted is owed that verdict. */
  async send(): Promise<void> {
    this.expected.clear();
    await inParallel(Array.from({ length: SUBMISSIONS }), AT_ONCE, async (_, index) => {
      const { roomId, players } = this.duels[index % this.duels.length]!;
      const [source, verdict] = index % 3 === 0 ? [WRONG, 'WA'] : [SUM, 'AC'];
      const { token } = players[index % 2]!;
      const { status, body } = await call(this.url, 'POST', `/rooms/${roomId}/submissions`, token, submission(source));
      if (status === 202) this.expected.set(body.submissionId, verdict);
    });
  }

  async pending(): Promise<number> {
    return this.expected.size - (await this.verdicts()).size;
  }

  async balance() {
    const verdicts = await this.verdicts();
    const entries = [...this.expected];
    return {
      accepted: entries.length,
      judged: verdicts.size,
      lost: entries.length - verdicts.size,
      judgedTwice: await this.count(
        `SELECT count(*) FROM (SELECT 1 FROM room_events WHERE type = 'submission.judged' AND data->>'submissionId' = ANY($1)
          GROUP BY data->>'submissionId' HAVING count(*) > 1) AS twice`,
      ),
      judgeErrors: [...verdicts.values()].filter((verdict) => verdict === 'JE').length,
      wrongVerdicts: entries.filter(([id, verdict]) => verdicts.get(id) !== verdict).length,
    };
  }

  /** How many attempts came to nothing, and so had to be made again. */
  failedAttempts(): Promise<number> {
    return this.count('SELECT count(*) FROM judgings WHERE submission_id = ANY($1) AND reason IS NOT NULL');
  }

  private async verdicts(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.db.query<{ id: string; verdict: string }>(
      'SELECT id, verdict FROM submissions WHERE id = ANY($1) AND verdict IS NOT NULL',
      [[...this.expected.keys()]],
    );
    return new Map(rows.map(({ id, verdict }) => [id, verdict]));
  }

  private async count(sql: string): Promise<number> {
    const { rows } = await this.db.query<{ count: string }>(sql, [[...this.expected.keys()]]);
    return Number(rows[0]!.count);
  }
}

/** A Judge0 that fails in every way known of it, under a hundred submissions each. */
export async function judge0(): Promise<boolean> {
  const site = await Site.open();
  let held = true;
  try {
    for (const [name, harm] of Object.entries(TRIALS)) {
      const [begunAt, calls] = [Date.now(), site.fake.calledBack.length];
      harm(site.fake);
      await site.send();
      const isCallback = name.includes('calls back');
      const hit = async () =>
        isCallback ? site.fake.calledBack.length > calls + SUBMISSIONS : (await site.failedAttempts()) > 0;
      await eventually(`${name}: it is felt`, hit, { patienceMs: JUDGED_WITHIN_MS, paceMs: 100 });
      if (!isCallback) site.fake.heal();
      const done = async () => (await site.pending()) === 0;
      await eventually(`${name}: all are judged`, done, { patienceMs: JUDGED_WITHIN_MS, paceMs: 100 });
      const balance = await site.balance();
      const seconds = Math.round((Date.now() - begunAt) / 100) / 10;
      console.log(
        name.padEnd(36),
        JSON.stringify({ ...balance, failedAttempts: await site.failedAttempts(), seconds }),
      );
      site.fake.heal();
      const { accepted, lost, judgedTwice, judgeErrors, wrongVerdicts } = balance;
      held &&= accepted === SUBMISSIONS && lost + judgedTwice + judgeErrors + wrongVerdicts === 0;
    }
  } finally {
    await site.close();
  }
  console.log(held ? 'judge0: all held' : 'judge0: something did not hold');
  return held;
}
