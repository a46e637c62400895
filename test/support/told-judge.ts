import { Judge, type JudgeCapabilities, type JudgeEvent, type JudgeJob, type Language } from '../../src/ports';
import { eventually } from './eventually';

type Said = 'AC' | 'WA' | 'CE' | 'FAIL' | 'BROKEN';

/** A job in the hands of the judge, which waits to be told what comes of it. */
export interface HeldJob {
  readonly source: string;
  say(what: Said): void;
}

const language = (id: string): Language => ({ id, name: id, version: '1', extension: id, template: '' });

/**
 * An engine that runs nothing and says what it is told. A source says its own verdict, such as `AC`:
 * `FAIL` is an attempt that came to nothing, `BROKEN` one that need not be repeated. A source that
 * begins with `hold` waits until the test says what comes of it.
 */
export class ToldJudge extends Judge {
  /** Every source it was given, as often as it was given it. */
  readonly seen: string[] = [];
  available = true;
  /** What is said of a source from now on, whatever it says itself. */
  readonly insists = new Map<string, Said>();
  private readonly held: HeldJob[] = [];
  private closed = false;

  async *judge({ source, tests }: JudgeJob, signal: AbortSignal): AsyncIterable<JudgeEvent> {
    this.seen.push(source);
    yield { type: 'compiling' };
    const own = source.trim().split(/\s/)[0]!;
    const said = this.insists.get(source) ?? (own === 'hold' ? await this.hold(source, signal) : (own as Said));
    if (said === 'FAIL' || said === 'BROKEN') {
      yield { type: 'error', retryable: said === 'FAIL', reason: 'The engine was told to fail' };
      return;
    }
    const ok = said !== 'CE';
    yield { type: 'compiled', ok, output: ok ? '' : 'told not to compile', cpuMs: 1, cached: false };
    if (said !== 'CE') {
      const run = { cpuMs: 1.5, wallMs: 2, memoryKiB: 64, exit: 0, signal: null, stdout: '', stderr: '' };
      for (const index of said === 'AC' ? tests.keys() : [0]) yield { type: 'test', index, verdict: said, ...run };
    }
    yield { type: 'done', verdict: said };
  }

  /** The jobs of this source that wait to be told, the oldest first. */
  heldOf(source: string): HeldJob[] {
    return this.held.filter((job) => job.source === source);
  }

  async holding(source: string): Promise<HeldJob> {
    return eventually(`${source} is held`, () => this.heldOf(source)[0]);
  }

  timesSeen(source: string): number {
    return this.seen.filter((one) => one === source).length;
  }

  capabilities(): Promise<JudgeCapabilities> {
    const languages = ['python', 'cpp'].map(language);
    return Promise.resolve({
      available: this.available,
      mode: 'told',
      slots: 8,
      languages,
      runsCheckers: true,
      findings: [],
    });
  }

  close(): Promise<void> {
    this.closed = true;
    for (const job of [...this.held]) job.say('FAIL');
    return Promise.resolve();
  }

  private hold(source: string, signal: AbortSignal): Promise<Said> {
    if (this.closed) return Promise.resolve('FAIL');
    return new Promise((resolve) => {
      const job: HeldJob = {
        source,
        say: (what) => {
          this.held.splice(this.held.indexOf(job), 1);
          resolve(what);
        },
      };
      this.held.push(job);
      signal.addEventListener('abort', () => this.held.includes(job) && job.say('FAIL'));
    });
  }
}
