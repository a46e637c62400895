import { z } from 'zod';
import { MAX_BYTES, ROLES, VERDICTS, type Verdict } from './terms';

/*
 * The nouns of the contract as they travel. Types, documents and checks are derived from here. This
 * and the other files that import zod are for the server: a browser takes their types only.
 */

const id = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string().regex(/^[0-9a-z-]{1,64}$/)]).meta({ example: `${prefix}_0h3k9v2m` });
export const UserIdShape = id('user');
export const RoomIdShape = id('room');
export const SubmissionIdShape = id('sub');
export const TrialIdShape = id('trial');
export const SessionIdShape = id('sess');
export const RejudgeIdShape = id('rejudge');

/** Any text that the database can hold: no NUL, no half characters. */
export const TextShape = z.string().regex(/^[^\0\p{Cs}]*$/u, 'This is not plain text.');

export const Moment = z.iso.datetime({ precision: 3 }).meta({ example: '2026-01-31T18:00:00.000Z' });
export const LabelShape = z.string().regex(/^[A-J]$/);
export const SlugShape = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);
export const LanguageIdShape = z.string().regex(/^[a-z0-9]{1,20}$/);
export const VerdictShape = z.enum(Object.keys(VERDICTS) as [Verdict, ...Verdict[]]);
export const CurrentVerdict = z.union([VerdictShape, z.literal('PENDING')]);
export const DifficultyShape = z.enum(['easy', 'medium', 'hard']);
/** Plain text: no NUL and nothing else that cannot be seen. */
export const TagShape = z.string().regex(/^\P{C}{1,40}$/u);

/* What a problem says of itself, in its folder or where it is edited. */
export const TitleShape = TextShape.trim().min(1).max(100);
export const TagsShape = z
  .array(z.string().trim().pipe(TagShape))
  .max(20)
  .refine((tags) => new Set(tags).size === tags.length, 'a tag is repeated');
/** Markdown with `$math$`. */
export const StatementShape = TextShape.max(131_072).refine((text) => text.trim() !== '', 'There is no text.');
export const LimitsShape = z.strictObject({
  cpuMs: z.int().min(50).max(60_000),
  memoryKiB: z.int().min(16_384).max(4_194_304),
});
export const CheckerShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tokens') }),
  z.strictObject({ kind: z.literal('lines') }),
  z.strictObject({ kind: z.literal('exact') }),
  z.strictObject({ kind: z.literal('float'), abs: z.number().min(0).max(1), rel: z.number().min(0).max(1) }),
]);

/** A name people read: trimmed, no control or invisible characters, no way to turn the line around. */
export const NameShape = z
  .string()
  .max(200)
  .transform((name) => name.normalize('NFC').trim().replace(/\s+/g, ' '))
  .pipe(
    z
      .string()
      .min(1)
      .max(32)
      .regex(/^[^\p{C}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]+$/u),
  );

export const UserShape = z.object({
  id: UserIdShape,
  name: z.string(),
  guest: z.boolean(),
  role: z.enum(ROLES),
  avatarUrl: z.string().nullable(),
});

/** How problems get into a room: named by the host, or picked at the start. */
const ProblemChoice = z.union([
  z
    .array(SlugShape)
    .min(1)
    .max(10)
    .refine((slugs) => new Set(slugs).size === slugs.length, 'A problem is named twice.'),
  z.strictObject({
    count: z.number().int().min(1).max(10).default(3),
    difficulty: DifficultyShape.optional(),
    tags: z.array(TagShape).max(10).optional(),
  }),
]);

/** What the host may settle, with its defaults. `password` is settled apart: it is never shown again. */
export const SettingsShape = z.strictObject({
  minutes: z.number().min(0.1).max(300).default(30),
  problems: ProblemChoice.default({ count: 3 }),
  penaltyMinutes: z.number().int().min(0).max(60).default(5),
  timePrecision: z.enum(['minute', 'second']).default('second'),
  hostPlays: z.boolean().default(true),
  spectators: z.boolean().default(false),
  onGone: z.enum(['continue', 'claim']).default('continue'),
  opponentView: z.enum(['full', 'solved', 'blind']).default('full'),
  freezeMinutes: z.number().min(0).max(300).default(0),
  languages: z.array(LanguageIdShape).min(1).max(50).nullable().default(null),
  countdownSeconds: z.number().int().min(0).max(30).default(5),
});
export type Settings = z.infer<typeof SettingsShape>;

export const CellShape = z.object({
  state: z.enum(['untouched', 'tried', 'pending', 'solved']),
  tries: z.number(),
  pending: z.number(),
  solvedAtSeconds: z.number().nullable(),
  first: z.boolean(),
  provisional: z.boolean(),
});
export const LeaderboardRowShape = z.object({
  rank: z.number(),
  userId: UserIdShape,
  name: z.string(),
  solved: z.number(),
  penalty: z.number(),
  cells: z.record(LabelShape, CellShape),
});
export const LeaderboardShape = z.object({
  rows: z.array(LeaderboardRowShape),
  final: z.boolean(),
  serverNow: Moment,
});

export const PlayerShape = z.object({
  userId: UserIdShape,
  name: z.string(),
  guest: z.boolean(),
  seat: z.union([z.literal(1), z.literal(2)]),
  ready: z.boolean(),
});

/** What a member of a room may know of a submission while the contest runs: never the code. */
export const RoomSubmissionShape = z.object({
  submissionId: SubmissionIdShape,
  userId: UserIdShape,
  problem: LabelShape,
  language: LanguageIdShape,
  receivedAt: Moment,
  /** Where in the log it was received: the order of arrival. */
  receivedSeq: z.number(),
  verdict: CurrentVerdict,
});

export const EndReason = z.enum(['time', 'host', 'resign', 'agreed', 'forfeit']);

export const RoomShape = z.object({
  id: RoomIdShape,
  code: z.string(),
  hostId: UserIdShape,
  settings: SettingsShape.extend({
    problems: z.union([
      z.array(SlugShape),
      z.object({ count: z.number(), difficulty: DifficultyShape.optional(), tags: z.array(z.string()).optional() }),
    ]),
  }),
  locked: z.boolean(),
  casual: z.boolean(),
  players: z.array(PlayerShape),
  problems: z.array(LabelShape),
  submissions: z.array(RoomSubmissionShape),
  leaderboard: z.array(LeaderboardRowShape),
  openedAt: Moment,
  startsAt: Moment.nullable(),
  startedAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  endedAt: Moment.nullable(),
  endReason: EndReason.nullable(),
  endedBy: UserIdShape.nullable(),
  endOfferedBy: UserIdShape.nullable(),
  finalizedAt: Moment.nullable(),
  winnerId: UserIdShape.nullable(),
  revealedAt: Moment.nullable(),
  cancelledAt: Moment.nullable(),
  rematchOfferedBy: UserIdShape.nullable(),
  rematchRoomId: RoomIdShape.nullable(),
});

export const TestShape = z.object({
  index: z.number(),
  sample: z.boolean(),
  verdict: VerdictShape,
  cpuMs: z.number(),
  memoryKiB: z.number(),
  /** Own output, for samples and trials only. */
  output: z.string().optional(),
});
export const SubmissionShape = z.object({
  id: SubmissionIdShape,
  roomId: RoomIdShape,
  userId: UserIdShape,
  problem: LabelShape,
  language: LanguageIdShape,
  receivedAt: Moment,
  verdict: CurrentVerdict,
  tests: z.array(TestShape).optional(),
  compileOutput: z.string().nullable().optional(),
  source: z.string().optional(),
});

export const SampleShape = z.object({
  input: z.string(),
  output: z.string(),
  /** Markdown, and the same rendered. */
  note: z.string().optional(),
  noteHtml: z.string().optional(),
});
export const ProblemLimits = z.object({ cpuMs: z.number(), memoryKiB: z.number() });
export const ProblemSummary = z.object({
  slug: SlugShape,
  title: z.string(),
  difficulty: DifficultyShape,
  tags: z.array(z.string()),
});
export const ProblemShape = ProblemSummary.extend({
  statementHtml: z.string(),
  samples: z.array(SampleShape),
  limits: ProblemLimits,
  /** An output is held against the one answer; or a program looks at it, for there may be many; or talks with whoever prints it. */
  checker: z.enum(['answer', 'custom', 'interactive']),
});
export const RoomProblemShape = ProblemShape.omit({ difficulty: true, tags: true }).extend({ label: LabelShape });

export const TrialShape = z.object({
  trialId: TrialIdShape,
  roomId: RoomIdShape,
  problem: LabelShape,
  language: LanguageIdShape,
  /** null while it waits or runs; JE when the judge could not run it. */
  verdict: VerdictShape.nullable(),
  compileOutput: z.string().nullable(),
  tests: z.array(
    TestShape.extend({ input: z.string(), expected: z.string().nullable(), output: z.string(), stderr: z.string() }),
  ),
});

/** A program's text is looked at byte by byte where it is received; here only that it is a text of bearable size. */
export const SourceShape = z.string().max(MAX_BYTES.body);
