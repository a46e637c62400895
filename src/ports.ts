import type { RoomEvent } from './contract/events';
import type {
  CheckerProgram,
  Instant,
  JobId,
  LanguageId,
  Limits,
  RoomId,
  SubmissionId,
  TestVerdict,
  UserId,
  Verdict,
} from './contract/terms';

/*
 * What this program asks of the world. Each port is an abstract class, so that it is at once the
 * type a feature names and the token Nest injects by. A port exists only for what has two
 * implementations; test/ports holds every implementation to the same suite.
 */

/** How a bus does, for operators. */
export interface BusState {
  readonly connected: boolean;
  readonly says: string;
}

/**
 * What came of a job that was worked on. `later`: it could not be begun here just now, and stays owed.
 * `dead`: it was given up, for this reason.
 */
export type JobOutcome = 'done' | 'later' | { readonly dead: string };

/** A message that lies where a broker keeps those of jobs that were given up. */
export interface Notice {
  /** `null`: it names none. */
  readonly job: JobId | null;
  /** How it begins. */
  readonly excerpt: string;
  /** Why it lies there, and since when (ISO-8601), as far as that is noted on it. */
  readonly reason: string | null;
  readonly at: string | null;
}

/** How a queue does, for operators. `null`: it cannot be told now. */
export interface QueueState {
  readonly connected: boolean;
  /** Where it is, or why it is not connected. */
  readonly says: string;
  /** Announcements that nobody has taken up. */
  readonly waiting: number | null;
  /** Notices, of jobs that were given up and of whatever else nobody could work on. */
  readonly dead: number | null;
}

/**
 * Tells some judge that there is work. It may lose, repeat or delay what it is told: the rows of
 * submissions and trials are the truth, a judge claims a row before it works on it, and a sweep
 * announces again whatever is still owed. None of it rejects because a broker is away.
 */
export abstract class JudgeQueue {
  /** Nobody but this process can judge: what is claimed when it starts was claimed by a process that is gone. */
  abstract readonly isOnlyOurs: boolean;
  /** Resolves at once, when the announcement is on its way or cannot be sent. Never rejects because nobody listens. */
  abstract announce(job: JobId): Promise<void>;
  /**
   * Of so many that are owed, how many to announce again: those that do not wait here already. Where
   * nobody can be told it is 0, where what waits is remembered once it is all of them.
   */
  abstract missing(owed: number): Promise<number>;
  /**
   * Calls `work` for what is announced, at most `slots` at a time; with none it takes nothing. `work`
   * never rejects; only when it has resolved is the announcement gone. Called once.
   */
  abstract consume(slots: number, work: (job: JobId) => Promise<JobOutcome>): Promise<void>;
  /** Shows every notice to `isOver`, and removes those it says so of. False: they could not be reached, and remain. */
  abstract sift(isOver: (notice: Notice) => boolean): Promise<boolean>;
  /** Waits up to `patienceMs` for a connection where there is none yet. */
  abstract state(patienceMs?: number): Promise<QueueState>;
  /** Takes nothing new and resolves when what is in hand is done. Twice is once. */
  abstract close(): Promise<void>;
}

/** What only one user is told. */
export type PersonalNotice =
  | {
      readonly name: 'submission:progress';
      readonly submissionId: SubmissionId;
      readonly done: number;
      readonly of: number;
    }
  | { readonly name: 'trial:done'; readonly trial: Readonly<Record<string, unknown>> };

/** An event on its way. The request that brought it about goes with it for the log, and is told to nobody. */
export type PublishedEvent = RoomEvent & { readonly requestId?: string };

/** Who follows rooms through one process. */
export interface Attendance {
  readonly process: string;
  readonly present: Readonly<Record<RoomId, readonly UserId[]>>;
  /** All there is: nobody follows a room that is not named. Otherwise of those nothing is said. */
  readonly whole: boolean;
}

/**
 * Carries what happened in a room to every process that listens for it, and what one user is told to
 * every process he is connected to. It may lose, repeat or reorder; the log never does, and whoever
 * listens compares positions with it. It never waits for a listener, and never fails its caller.
 */
export abstract class RoomBus {
  abstract publish(event: PublishedEvent): void;
  /**
   * Hears what this process publishes about `roomId` from the moment this resolves, and what others
   * publish from then or from the gap on, until the returned function is called. Never rejects.
   */
  abstract subscribe(roomId: RoomId, listener: (event: PublishedEvent) => void): Promise<() => void>;
  abstract tell(userId: UserId, notice: PersonalNotice): void;
  abstract listen(userId: UserId, listener: (notice: PersonalNotice) => void): Promise<() => void>;
  /** Tells every process who follows rooms through this one. */
  abstract attend(attendance: Attendance): void;
  abstract onAttendance(listener: (attendance: Attendance) => void): void;
  /**
   * Calls `listener` when these rooms are heard from now on and may not have been before: whoever
   * serves them compares positions with the log at once. Never called where nothing can be missed.
   */
  abstract onGap(listener: (rooms: readonly RoomId[]) => void): void;
  /** As of now, without asking anybody. */
  abstract state(): BusState;
  abstract close(): Promise<void>;
}

export interface JudgeTest {
  readonly input: string;
  /**
   * Whether this output is right. Comparing is ours, so that every engine gives the same verdicts
   * and holds no answers. Absent for a run on own input: any output is accepted.
   */
  readonly accepts?: (output: string) => boolean;
  /** For the job's own checker alone. Absent for a run on own input, which such a checker does not see; an interactive one is given an empty answer. */
  readonly answer?: string;
}

export interface JudgeJob {
  readonly language: LanguageId;
  readonly source: string;
  readonly tests: readonly JudgeTest[];
  /**
   * A program that decides instead of `accepts`. Where it does not compile, fails or says nothing, and where
   * an engine runs no such programs, the job ends in an error that no other attempt will mend.
   */
  readonly checker?: CheckerProgram;
  readonly limits: Limits;
  /** Stop at the first test, in order, that is not accepted: later ones cannot change the verdict. */
  readonly stopEarly: boolean;
  /** Hand back what the program printed. Only for what its author may see. */
  readonly keepOutput: boolean;
}

/** One test that ran. Output is present iff the job asked to keep it, is valid UTF-8 without NUL, and is cut at 8 KiB. */
export interface TestResult {
  readonly index: number;
  readonly verdict: TestVerdict;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryKiB: number;
  readonly exit: number | null;
  readonly signal: number | null;
  readonly stdout?: string;
  readonly stderr?: string;
}

/**
 * What an engine reports, in this order: compiling, compiled, test in any order of index, then
 * exactly one of done and error, after which the iteration ends. An error is never a player's
 * verdict: `retryable` says whether another attempt may go better.
 */
export type JudgeEvent =
  | { readonly type: 'compiling' }
  | {
      readonly type: 'compiled';
      readonly ok: boolean;
      readonly output: string;
      readonly cpuMs: number;
      readonly cached: boolean;
    }
  | ({ readonly type: 'test' } & TestResult)
  | { readonly type: 'done'; readonly verdict: Exclude<Verdict, 'JE'> }
  | { readonly type: 'error'; readonly retryable: boolean; readonly reason: string };

export interface Language {
  readonly id: LanguageId;
  readonly name: string;
  readonly version: string;
  readonly extension: string;
  /** A program that reads two integers and prints their sum. */
  readonly template: string;
}

/** What an engine found when it looked at its world, in words a person can act on. */
export interface JudgeCapabilities {
  /** False: submissions wait until an engine is available. */
  readonly available: boolean;
  /** Such as `root namespaces` or `Landlock`; shown to operators. */
  readonly mode: string;
  /** How many tests run at the same time. */
  readonly slots: number;
  /** What may be handed in; while the engine is unavailable, what it would run. */
  readonly languages: readonly Language[];
  /** Whether it runs a problem's own checkers, and has programs talk with interactive ones. */
  readonly runsCheckers: boolean;
  /** What was tried and found, one sentence each, and what to do about what is missing. */
  readonly findings: readonly { readonly ok: boolean; readonly says: string }[];
}

/** Runs untrusted programs. Secret inputs go in; outputs come out only where the job asks for them. */
export abstract class Judge {
  /** Ends early, with an `error` event, when `signal` aborts. Never throws. */
  abstract judge(job: JudgeJob, signal: AbortSignal): AsyncIterable<JudgeEvent>;
  /** As of now: an engine may cease to be available, and be so again. Cheap to ask. */
  abstract capabilities(): Promise<JudgeCapabilities>;
  /** Ends every program that still runs. */
  abstract close(): Promise<void>;
}

/** The server's time. Tests travel in it. */
export abstract class Clock {
  abstract now(): Instant;
}
