import { signal } from '@preact/signals-core';
import type { Label, LanguageId, RoomId } from '../../src/contract/terms';
import type { Api } from './api';
import type { Trial } from './live';

/** A run beside the contest: under way, or with its result. */
export interface Run {
  readonly problem: Label;
  readonly language: LanguageId;
  readonly source: string;
  /** null: on the samples. */
  readonly input: string | null;
  readonly trial: Trial | null;
}

const ASK_AGAIN_MS = 2_000;

/** Runs on samples and own input: the last one of each problem. */
export class Trials {
  readonly runs = signal<ReadonlyMap<Label, Run>>(new Map());
  /** Own input for each problem; where there is none, programs are tried on the samples. */
  readonly inputs = signal<Readonly<Record<Label, string | null>>>({});
  private readonly awaited = new Map<string, Label>();
  private readonly arrived = new Map<string, Trial>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly roomId: RoomId,
  ) {}

  inputFor(problem: Label): string | null {
    return this.inputs.value[problem] ?? null;
  }

  /** null: on the samples again. */
  putIn(problem: Label, input: string | null): void {
    this.inputs.value = { ...this.inputs.value, [problem]: input };
  }

  /** @throws {Refused} as the contract says of trials; {Away} */
  async run(program: { problem: Label; language: LanguageId; source: string }): Promise<void> {
    const { problem, language, source } = program;
    const input = this.inputFor(problem);
    const before = this.runs.value.get(problem);
    this.show({ problem, language, source, input, trial: null });
    try {
      const body = { ...program, ...(input !== null && { input }) };
      const { trialId } = await this.api.ask('POST /api/rooms/:roomId/trials', {
        params: { roomId: this.roomId },
        body,
      });
      for (const [id, label] of this.awaited) if (label === problem) this.awaited.delete(id);
      this.awaited.set(trialId, problem);
      const early = this.arrived.get(trialId);
      if (early) this.take(early);
      else this.askLater();
    } catch (error) {
      if (before) this.show(before);
      else this.forget(problem);
      throw error;
    }
  }

  /** A result, announced or asked for; what nobody waits for any more is passed over. */
  take(trial: Trial): void {
    this.arrived.set(trial.trialId, trial);
    const problem = this.awaited.get(trial.trialId);
    const run = problem === undefined ? undefined : this.runs.value.get(problem);
    if (!run || trial.verdict === null) return;
    this.awaited.delete(trial.trialId);
    this.show({ ...run, trial });
  }

  close(): void {
    clearTimeout(this.timer);
    this.awaited.clear();
  }

  /** Announcements may get lost: what has not come is asked for. */
  private askLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.askForAwaited(), ASK_AGAIN_MS);
  }

  private async askForAwaited(): Promise<void> {
    for (const trialId of this.awaited.keys()) {
      const trial = await this.api.ask('GET /api/trials/:trialId', { params: { trialId } }).catch(() => null);
      if (trial) this.take(trial);
    }
    if (this.awaited.size > 0) this.askLater();
  }

  private show(run: Run): void {
    this.runs.value = new Map(this.runs.value).set(run.problem, run);
  }

  private forget(problem: Label): void {
    const runs = new Map(this.runs.value);
    runs.delete(problem);
    this.runs.value = runs;
  }
}
