import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Judge, type JudgeCapabilities, type JudgeEvent, type JudgeJob } from '../../ports';
import { KNOWN_LANGUAGES } from '../known-languages';
import { Fault, Outage, type Judge0Access } from './api';
import { Callbacks } from './callbacks';
import { Judge0Client } from './client';
import { examine, type Found } from './examination';
import { Health } from './health';
import { runJob } from './job-run';
import type { LanguageChoice, OfferedLanguage } from './languages';

interface Judge0Options extends Judge0Access, Partial<LanguageChoice> {
  /** How many jobs run at the same time; 4 unless given. With other processes beside this one they share Judge0's queue. */
  readonly slots?: number;
  /** Where Judge0 reaches this server, to say that a run has ended. Unset: it is asked and never calls. */
  readonly callbackBase?: string;
  /** How long nothing may move before Judge0 has lost a run, beside its own time. A minute unless given. */
  readonly patienceMs?: number;
}

const SLOTS = 4;
const PATIENCE_MS = 60_000;
/** A start does not wait longer for Judge0 than this; the first look goes on. */
const PATIENCE_AT_START_MS = 15_000;

const asLanguage = ({ id, name, version, extension, template }: OfferedLanguage) => ({
  id,
  name,
  version,
  extension,
  template,
});
/** What may be handed in while nobody knows what this Judge0 runs: it waits. */
const PERHAPS = Object.values(KNOWN_LANGUAGES).map((known) => ({ ...known, version: 'unknown' }));

/**
 * Has a Judge0 (1.13.1 or newer) run programs. It may be away, at the start too, and lose what it was
 * given: that ends as an `error` event. While it is away as a whole, or does not even run one line, the
 * capabilities say so, and it is looked at again until it has healed.
 */
export class Judge0Judge extends Judge {
  /** What Judge0 calls, where it was told to. */
  readonly callbacks = new Callbacks();
  private readonly client: Judge0Client;
  private readonly health: Health<Found>;
  private readonly closing = new AbortController();
  private readonly slots: number;
  private readonly patienceMs: number;
  private readonly choice: LanguageChoice;
  private readonly settings: { readonly noCgroup: boolean; readonly callbackUrl?: string };

  private constructor({ slots = SLOTS, patienceMs = PATIENCE_MS, numbers = new Map(), ...options }: Judge0Options) {
    super();
    const { noCgroup = false, callbackBase } = options;
    this.slots = slots;
    this.patienceMs = patienceMs;
    this.choice = { numbers, noCgroup };
    this.settings = {
      noCgroup,
      ...(callbackBase !== undefined && { callbackUrl: callbackBase.replace(/\/+$/, '') + this.callbacks.path }),
    };
    this.client = new Judge0Client(options);
    this.health = new Health((signal) => this.examine(signal));
  }

  /** Resolves when Judge0 has been looked at once, for good or ill, or is slow to answer. Never rejects. */
  static async start(options: Judge0Options): Promise<Judge0Judge> {
    const judge = new Judge0Judge(options);
    await Promise.race([judge.health.checkUp(), sleep(PATIENCE_AT_START_MS, undefined, { ref: false })]);
    return judge;
  }

  async *judge(job: JudgeJob, signal: AbortSignal): AsyncGenerator<JudgeEvent, void> {
    const stop = AbortSignal.any([signal, this.closing.signal]);
    try {
      yield* this.attempt(job, stop);
    } catch (error) {
      if (stop.aborted) {
        yield { type: 'error', retryable: true, reason: 'The run was cancelled.' };
        return;
      }
      // Is it this job, or would it fail with any? An engine that runs nothing at all is an outage, which counts for no job.
      if (error instanceof Fault) await Promise.race([this.health.checkUp(), once(stop, 'abort')]);
      yield { type: 'error', retryable: true, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  capabilities(): Promise<JudgeCapabilities> {
    const { slots, health } = this;
    const same = { slots, runsCheckers: false };
    if ('found' in health.state) {
      const { version, languages, findings } = health.state.found;
      const mode = `Judge0 ${version}`;
      return Promise.resolve({ ...same, available: true, mode, languages: languages.map(asLanguage), findings });
    }
    const { outage, before } = health.state;
    const languages = before?.languages.map(asLanguage) ?? PERHAPS;
    const findings = [{ ok: false, says: outage }];
    return Promise.resolve({ ...same, available: false, mode: 'Judge0, out of reach', languages, findings });
  }

  /** What Judge0 runs for us goes on to its own limits, and is not asked for any more. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.health.close();
  }

  private async *attempt(job: JudgeJob, signal: AbortSignal): AsyncGenerator<JudgeEvent, void> {
    const { state } = this.health;
    if (!('found' in state)) throw new Outage(state.outage);
    signal.throwIfAborted();
    yield* runJob(job, {
      ...{ found: state.found, settings: this.settings, slots: this.slots },
      ...{ client: this.client, callbacks: this.callbacks, signal },
      stallMs: this.patienceMs + job.limits.wallMs,
      compilerKiB: state.found.config.max_max_file_size,
      guard: (request) => this.health.guard(request),
    });
  }

  private examine(signal: AbortSignal): Promise<Found> {
    const { client, callbacks, choice, patienceMs: stallMs } = this;
    return examine({ client, callbacks, signal, choice, stallMs });
  }
}
