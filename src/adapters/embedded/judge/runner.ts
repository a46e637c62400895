import type { RunOutcome, RunRequest } from './sandbox-protocol';

/** What a slot runs programs with. */
export interface Runner {
  /** One that does not live any more is replaced. */
  readonly alive: boolean;
  /** Of the process that holds the boxes, where there is one. */
  readonly pid: number | undefined;
  /**
   * One at a time; of two requests, what each program prints is what the other reads. The outcomes in the
   * order of the requests. An abort ends the programs at once; their outcomes then say so.
   */
  run(requests: readonly RunRequest[], signal: AbortSignal): Promise<RunOutcome[]>;
  /** Nothing waits for it: it may get ready for another run of what it ran last. */
  rest?(): void;
  /** Resolves when nothing it ran is left. */
  close(): Promise<void>;
}
