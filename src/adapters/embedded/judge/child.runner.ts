import { chown, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ChildRun, keepProduct, type Launch, prepare } from './child-run';
import type { Runner } from './runner';
import { ABORTED, type RunOutcome, type RunRequest } from './sandbox-protocol';

/** Where programs run and where artifacts are. */
interface Place {
  readonly root: string;
  readonly programs: string;
  readonly launch: Launch;
  /** Who runs them, if that is not us. */
  readonly uid?: number;
}

/** Runs programs as children of this server, behind what walls `launch` puts around them. */
export class ChildRunner implements Runner {
  readonly alive = true;
  readonly pid = undefined;
  private readonly closing = new AbortController();
  private inHand: Promise<unknown> = Promise.resolve();

  constructor(private readonly place: Place) {}

  run(requests: readonly RunRequest[], signal: AbortSignal): Promise<RunOutcome[]> {
    const work = this.perform(requests, AbortSignal.any([signal, this.closing.signal]));
    this.inHand = Promise.allSettled([work]);
    return work;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.inHand;
  }

  private async perform(requests: readonly RunRequest[], signal: AbortSignal): Promise<RunOutcome[]> {
    if (signal.aborted) return requests.map(() => ABORTED);
    const { root, programs, launch, uid } = this.place;
    const folder = await mkdtemp(join(root, 'run-'));
    try {
      if (uid !== undefined) await chown(folder, uid, uid);
      const prepared = await Promise.all(
        requests.map((one, index) => prepare(one, join(folder, `${index}`), programs)),
      );
      const talks = requests.length > 1;
      const started = await Promise.all(prepared.map((one) => launch(one, talks)));
      // their clocks start together, for which of two ended first is told by them
      const runs = started.map((one, index) => new ChildRun(requests[index]!, one));
      const [first, second] = runs;
      if (first && second) {
        first.speakTo(second);
        second.speakTo(first);
      }
      const outcomes = await Promise.all(runs.map((run) => run.outcome(signal)));
      for (const [index, one] of prepared.entries()) {
        await one.input.close();
        await keepProduct(one, outcomes[index]!, programs);
      }
      return outcomes;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
