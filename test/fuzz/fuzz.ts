import { setTimeout } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { call, duels, type Person, signIn, SUM, submission } from '../../bench/support/people';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { joust } from '../support/command-line';
import { eventually } from '../support/eventually';
import { fuzzFrames } from './frames';
import { fuzzHttp, type Plan } from './http';
import { Report } from './report';

const KINDS = {
  http: { what: 'requests', run: fuzzHttp },
  frames: { what: 'frames', run: fuzzFrames },
};
/** Whoever leaks ends by it: the heap may not grow beyond. */
const HEAP_MIB = 384;

export interface Wanted {
  readonly seed: number;
  readonly kinds: readonly (keyof typeof KINDS)[];
  /** For each kind: how long, or how many. */
  readonly seconds?: number;
  readonly count?: number;
}

/** Whether everything held. What did not is printed as it happens, with all it takes to do it again. */
export async function fuzz({ seed, kinds, seconds = Infinity, count = Infinity }: Wanted): Promise<boolean> {
  const folder = temporaryFolder();
  const server = ChildServer.start({
    ...{ DATA_DIR: folder.path, RATE_LIMITS: 'off', LOG_LEVEL: 'error' },
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
  });
  const hasEnded = () => server.child.exitCode !== null || server.child.signalCode !== null;
  let held = true;
  try {
    const url = await server.ready();
    const admin = adminAt(url, folder.path);
    for (const kind of kinds) {
      const { what, run } = KINDS[kind];
      const report = new Report(what);
      const [began, before, said] = [performance.now(), memoryOf(server), server.errors.length];
      const spent = () => (performance.now() - began) / 1000;
      const until = () => report.total >= count || spent() >= seconds || hasEnded();
      await run({ url, seed, admin, until } satisfies Plan, report).catch(async (error: unknown) => {
        report.fail(String((error as Error).stack), {});
        // Where it has ended, that is told below, with what it said last.
        await Promise.race([server.ended, setTimeout(2_000)]);
      });
      report.print(spent());
      if (hasEnded()) report.fail('The server has ended', { log: server.errors.slice(-4_000) });
      else {
        process.stdout.write(`  resident: ${before} MiB before, ${memoryOf(server)} MiB after\n`);
        await canary(url).catch((error: unknown) => report.fail(`A duel works no more: ${String(error)}`, {}));
      }
      for (const line of server.errors.slice(said).split('\n').filter(isFault))
        report.fail('The log tells of a fault', { line });
      held &&= report.failures.length === 0;
    }
  } finally {
    await server.stop();
    folder.remove();
  }
  return held;
}

/** An error in the log, but for the line that tells of an answer that was expected. */
const isFault = (line: string): boolean => line !== '' && !/"status":503/.test(line);

/** After all that, two people play as ever. */
async function canary(url: string): Promise<void> {
  const [duel] = await duels(url, 1);
  const { roomId, players } = duel!;
  const { body } = await call(url, 'POST', `/rooms/${roomId}/submissions`, players[0].token, submission(SUM));
  await eventually(
    'the verdict of the canary',
    async () => (await call(url, 'GET', `/submissions/${body.submissionId}`, players[0].token)).body.verdict === 'AC',
    { patienceMs: 120_000, paceMs: 100 },
  );
  await call(url, 'POST', `/rooms/${roomId}/resign`, players[1].token);
  await eventually(
    'the canary’s result',
    async () => (await call(url, 'GET', `/rooms/${roomId}`, players[0].token)).body.room.winnerId === players[0].id,
  );
}

/** One admin for all, and another when he is none any more. */
function adminAt(url: string, DATA_DIR: string): () => Promise<Person> {
  let current: Promise<Person> | null = null;
  const isAdmin = async ({ token }: Person) => (await call(url, 'GET', '/admin/state', token)).status === 200;
  const appoint = async () => {
    const person = await signIn(url, 'Root');
    const { code, stderr } = await joust(['user:grant', person.id, 'admin'], { DATA_DIR });
    if (code !== 0) throw new Error(stderr);
    await eventually('he is admin', () => isAdmin(person), { paceMs: 100 });
    return person;
  };
  return async () => {
    const known = (current ??= appoint());
    const person = await known;
    if (await isAdmin(person)) return person;
    if (current === known) current = appoint();
    return current;
  };
}

/** Resident MiB of the process, as the system counts. */
function memoryOf({ child }: ChildServer): number {
  if (child.exitCode !== null || child.signalCode !== null) return 0;
  const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))!;
  return Math.round(Number(kib) / 1024);
}
