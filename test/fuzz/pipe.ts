import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ABORT_FRAME, ReplyReader } from '../../src/adapters/embedded/judge/sandbox-protocol';
import { processesNaming } from '../support/processes';
import { isMisstep } from '../support/sandbox-build';
import { eventually } from '../support/eventually';
import { ARTIFACT, someRequest } from './pipe-requests';
import { Random } from './random';

/*
 * Speaks to a sandbox as no judge would. It may answer a fault, or end with words; it may not fall over
 * its own memory, stay when nobody is there any more, or leave anything behind.
 */

const VISIBLE = ['/bin', '/lib', '/lib64', '/usr/bin', '/usr/lib', '/usr/lib64'].filter((path) => existsSync(path));
const PATIENCE_MS = 30_000;

export interface PipeReport {
  readonly sandboxes: number;
  readonly requests: number;
  readonly replies: number;
  readonly faults: number;
  /** Sandboxes that ended by themselves, with words. */
  readonly refused: number;
  /** What must not be, as lines to look at. */
  readonly broken: readonly string[];
}

class Talk {
  replies = 0;
  faults = 0;
  said = '';
  ended: string | undefined;
  private readonly reader = new ReplyReader();
  private wake = () => undefined as unknown;
  private readonly exit: Promise<unknown>;

  constructor(readonly child: ChildProcess) {
    child.stdout!.on('data', (piece: Buffer) => {
      for (const { reason } of this.reader.push(piece)) {
        this.replies += 1;
        if (reason === 'fault') this.faults += 1;
      }
      this.wake();
    });
    child.stderr!.on('data', (piece: Buffer) => (this.said += piece.toString()));
    child.stdin!.on('error', () => undefined); // it may have ended already
    this.exit = once(child, 'close').then(([code, signal]) => {
      this.ended = String(signal ?? code);
      this.wake();
    });
  }

  /** Until as many replies came in all, or it ended. False when neither happened in time. */
  async heard(replies: number): Promise<boolean> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    while (this.replies < replies && this.ended === undefined && !late.aborted)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        late.onabort = () => resolve();
      });
    return !late.aborted;
  }

  async leave(): Promise<boolean> {
    this.child.stdin!.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    await this.exit;
    clearTimeout(timer);
    return this.ended !== 'SIGKILL';
  }
}

/** One sandbox, spoken to until it ends or has heard enough. Returns what broke. */
async function converse(executable: string, random: Random, slot: number) {
  const folder = mkdtempSync(join(tmpdir(), 'joust-fuzz-'));
  const [root, programs] = [join(folder, 'root'), join(folder, 'programs')];
  for (const place of [root, programs]) mkdirSync(place, { mode: 0o711 });
  copyFileSync('/bin/cat', join(programs, ARTIFACT));
  const uid = String(64_000 + slot * 16);
  const talk = new Talk(spawn(executable, [root, programs, uid, ...VISIBLE], { env: {}, cwd: '/' }));
  const broken: string[] = [];
  let requests = 0;
  let expected = 1; // its greeting
  let sure = true;
  if (!(await talk.heard(1))) broken.push('it did not greet');
  for (let left = random.below(12); left > 0 && sure && talk.ended === undefined; left -= 1) {
    const { bytes, replies, aborted } = someRequest(random);
    requests += 1;
    expected += replies ?? 0;
    sure = replies !== undefined;
    // a pipe may deliver what it likes at a time
    const single = random.chance(0.3) ? Math.min(40, bytes.length) : 0;
    for (const byte of bytes.subarray(0, single)) talk.child.stdin!.write(Buffer.of(byte));
    talk.child.stdin!.write(bytes.subarray(single));
    if (aborted) talk.child.stdin!.write(ABORT_FRAME);
    if (sure && !(await talk.heard(expected))) broken.push('it neither answered nor ended');
  }
  const endedItself = talk.ended !== undefined;
  if (!(await talk.leave())) broken.push('it did not end with its input');
  if (isMisstep(talk.said)) broken.push(`it fell over itself: ${talk.said.slice(0, 4000)}`);
  if (talk.ended !== '0' && talk.ended !== '1') broken.push(`it ended by ${talk.ended}`);
  if (endedItself && talk.said === '') broken.push('it ended without a word');
  await eventually('nothing of it runs', () => processesNaming(folder).length === 0);
  rmSync(folder, { recursive: true, force: true });
  const { replies, faults } = talk;
  return { requests, replies: replies - 1, faults, refused: endedItself ? 1 : 0, broken };
}

/** Starts one sandbox after the other, a few at a time, for so long; the same seed asks the same. */
export async function fuzzPipe(options: {
  readonly executable: string;
  readonly seed: number;
  readonly seconds: number;
  readonly atOnce?: number;
}): Promise<PipeReport> {
  const total = { sandboxes: 0, requests: 0, replies: 0, faults: 0, refused: 0, broken: [] as string[] };
  const end = performance.now() + options.seconds * 1000;
  const goOn = async (_: unknown, slot: number) => {
    for (let round = 0; performance.now() < end && total.broken.length === 0; round += 1) {
      const told = await converse(options.executable, Random.of(options.seed, slot, round), slot);
      total.sandboxes += 1;
      for (const count of ['requests', 'replies', 'faults', 'refused'] as const) total[count] += told[count];
      total.broken.push(...told.broken.map((words) => `seed ${options.seed}, slot ${slot}, round ${round}: ${words}`));
    }
  };
  await Promise.all(Array.from({ length: options.atOnce ?? 4 }, goOn));
  return total;
}
