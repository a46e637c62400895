/*
 * Terms
 *
 * - room:        where one contest happens between two players
 * - host:        the user who opened the room; plays on seat 1, or only referees
 * - player:      one of the two who compete; sits on seat 1 or 2
 * - spectator:   someone who may watch and nothing else
 * - contest:     the timed part of a room's life
 * - problem:     a statement, its limits and its test cases; in a room it has a label A, B, …
 * - test case:   an input and its answer; a sample is shown, a secret one never
 * - submission:  one scored attempt of one player at one problem
 * - trial:       an unscored run, on the samples or on own input
 * - verdict:     what the judge says of a test case, and so of a submission
 * - penalty:     the time charged to a player for a solved problem
 * - leaderboard: the ordered standings of a room
 * - event:       something that happened in a room; numbered by seq, never changed
 *
 * This file imports nothing, so the browser may import it.
 */

export type UserId = `user_${string}`;
export type RoomId = `room_${string}`;
export type SubmissionId = `sub_${string}`;
export type TrialId = `trial_${string}`;
export type SessionId = `sess_${string}`;
export type RejudgeId = `rejudge_${string}`;
/** One submission within a rejudge. */
export type RerunId = `rerun_${string}`;
/** Work for the judge: a scored submission, a trial, or a submission once more. The prefix tells which. */
export type JobId = SubmissionId | TrialId | RerunId;

/** Everybody is a player; the others are our own staff. */
export const ROLES = ['player', 'setter', 'judge', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Milliseconds since the epoch, by the server's clock. On the wire an ISO-8601 string in UTC. */
export type Instant = number;

export type Seat = 1 | 2;
/** A problem's name inside one room: A, B, … J. */
export type Label = string;
export type Slug = string;
/** An id of GET /languages, such as `cpp`. */
export type LanguageId = string;

/**
 * What the judge can say. Codes and who pays follow the ICPC contest control system rules: a
 * compile error costs nothing, and a judge error is nobody's fault but ours.
 */
export const VERDICTS = {
  AC: { name: 'Accepted', solved: true, charged: false, pending: false },
  WA: { name: 'Wrong Answer', solved: false, charged: true, pending: false },
  TLE: { name: 'Time Limit', solved: false, charged: true, pending: false },
  MLE: { name: 'Memory Limit', solved: false, charged: true, pending: false },
  OLE: { name: 'Output Limit', solved: false, charged: true, pending: false },
  RTE: { name: 'Runtime Error', solved: false, charged: true, pending: false },
  CE: { name: 'Compile Error', solved: false, charged: false, pending: false },
  JE: { name: 'Judge Error', solved: false, charged: false, pending: true },
} as const;
export type Verdict = keyof typeof VERDICTS;
/** What a test case can come to; compiling fails, and we fail, only as a whole. */
export type TestVerdict = Exclude<Verdict, 'CE' | 'JE'>;

/** What may come in, in bytes of UTF-8. */
export const MAX_BYTES = { source: 65_536, trialInput: 65_536, socketMessage: 16_384, body: 262_144 } as const;

/** The scale a contest's penalty is counted in. */
export type TimePrecision = 'minute' | 'second';

/** How a program's output is held against the answer; see core/compare. */
export type Comparison =
  | { readonly kind: 'tokens' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'exact' }
  | { readonly kind: 'float'; readonly abs: number; readonly rel: number };

/** A problem's own program that tells whether another is right: in a box of its own, as the convention has it called and heard. */
export interface CheckerProgram {
  /** `custom` looks at the output when it is complete; `interactive` is whom the program talks with. */
  readonly kind: 'custom' | 'interactive';
  readonly convention: 'kattis' | 'testlib';
  readonly language: LanguageId;
  readonly source: string;
  /** What its source includes, such as testlib.h. */
  readonly includes: readonly { readonly name: string; readonly content: string }[];
  /** Come after what the convention has it called with. */
  readonly args: readonly string[];
}

/** What tells whether a program did right on a test. */
export type Checker = Comparison | CheckerProgram;

/** What one run, and the compilation before it, may use. */
export interface Limits {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryKiB: number;
  readonly outputBytes: number;
  readonly fileBytes: number;
  readonly compileCpuMs: number;
  readonly compileWallMs: number;
  readonly compileMemoryKiB: number;
}
