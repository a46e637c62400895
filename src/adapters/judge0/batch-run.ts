import { Fault } from './api';
import type { Callbacks } from './callbacks';
import type { Judge0Client } from './client';
import { hasEnded } from './run-verdict';
import type { Judge0Run } from './shapes';
import type { Judge0Submission } from './submission';

/** The pace of asking: quick at first, slower as a run takes longer. */
const PACE_MS = { first: 100, factor: 1.5, slowest: 500 } as const;
/** Outputs are fetched a few at a time, so that the longest of them fit in memory. */
const FETCHED_AT_ONCE = 5;

export interface BatchOptions {
  readonly client: Judge0Client;
  readonly callbacks: Callbacks;
  /** After so long without any run having begun or ended, Judge0 has lost them. */
  readonly stallMs: number;
  /** What a compiler may say at most, whatever the limits of a run are. */
  readonly compilerKiB: number;
  readonly signal: AbortSignal;
  /** Every request to Judge0 goes through it. */
  readonly guard: <T>(request: () => Promise<T>) => Promise<T>;
}

/**
 * Has Judge0 run a batch, and tells of each run as it ends, in any order. Stops asking when nobody
 * listens any more. Tokens are not kept: Judge0 loses jobs anyway, so whoever is interrupted here, by a
 * crash too, has the whole submission run again as a new attempt, and the old runs end unheard.
 *
 * @throws {Outage}; {Fault} when Judge0 refuses, loses or sits on a run
 */
export async function* runBatch(
  submissions: readonly Judge0Submission[],
  { client, callbacks, stallMs, compilerKiB, signal, guard }: BatchOptions,
): AsyncGenerator<{ readonly at: number; readonly run: Judge0Run }> {
  const fileKiB = Math.max(...submissions.map(({ max_file_size }) => max_file_size));
  const tokens = await guard(() => client.create(submissions, signal));
  let running = tokens.map((token, at) => ({ token, at, state: 0 }));
  let movedAt = performance.now();
  let pace: number = PACE_MS.first;
  while (running.length > 0) {
    await callbacks.pause(pace, signal);
    pace = Math.min(pace * PACE_MS.factor, PACE_MS.slowest);
    const states = await guard(() => client.states(tokensOf(running), signal));
    const now = running.map((one, index) => ({ ...one, state: states[index]! }));
    if (now.some(({ state }, index) => state !== running[index]!.state)) movedAt = performance.now();
    running = now.filter(({ state }) => !hasEnded(state));

    const ended = now.filter(({ state }) => hasEnded(state));
    for (let from = 0; from < ended.length; from += FETCHED_AT_ONCE) {
      const few = ended.slice(from, from + FETCHED_AT_ONCE);
      const runs = await guard(() => client.runs(tokensOf(few), { fileKiB, compilerKiB }, signal));
      for (const [index, run] of runs.entries()) yield { at: few[index]!.at, run };
    }
    if (running.length > 0 && performance.now() - movedAt > stallMs) throw new Fault(stalled(running));
  }
}

const tokensOf = (runs: readonly { readonly token: string }[]): string[] => runs.map(({ token }) => token);

const stalled = (running: readonly { readonly state: number }[]): string =>
  `Judge0 has not moved ${running.length} runs for too long; the first is in its state ${running[0]?.state ?? 0}`;
