import { z } from 'zod';
import { PHASES } from './admin';
import { Cursor, SearchText } from './requests';
import {
  CheckerShape,
  CurrentVerdict,
  DifficultyShape,
  LanguageIdShape,
  LimitsShape,
  RoomIdShape,
  SlugShape,
  StatementShape,
  SubmissionIdShape,
  TagsShape,
  TextShape,
  TitleShape,
  UserIdShape,
} from './shapes';
import { ROLES } from './terms';

/* What our own staff may ask. Strict: a field that is not listed is refused. */

const YesOrNo = z.enum(['true', 'false']);
/** Why, for the audit log. */
const Reason = TextShape.trim().min(1).max(500);

export const UsersQuery = z.strictObject({
  /** The beginning of a name, in any case, or a whole id. */
  search: SearchText,
  role: z.enum(ROLES).optional(),
  banned: YesOrNo.optional(),
  guest: YesOrNo.optional(),
  cursor: Cursor,
});
export const SetRole = z.strictObject({ role: z.enum(ROLES) });
export const Ban = z.strictObject({ reason: Reason });

export const RoomsQuery = z.strictObject({
  /** A code, however it is typed, or an id. */
  search: SearchText,
  /** `live`: neither final nor cancelled. */
  phase: z.enum(['live', ...PHASES]).optional(),
  userId: UserIdShape.optional(),
  cursor: Cursor,
});
export const CloseRoom = z.strictObject({ reason: Reason });
export const Announce = z.strictObject({ text: TextShape.trim().min(1).max(500) });

export const SubmissionsQuery = z.strictObject({
  roomId: RoomIdShape.optional(),
  userId: UserIdShape.optional(),
  slug: SlugShape.optional(),
  language: LanguageIdShape.optional(),
  verdict: CurrentVerdict.optional(),
  cursor: Cursor,
});

/** One submission; or all with a verdict in a room, on a problem, or on a problem in a room. */
const Selection = {
  submissionId: SubmissionIdShape.optional(),
  roomId: RoomIdShape.optional(),
  slug: SlugShape.optional(),
};
type Selected = { readonly [K in keyof typeof Selection]?: string | undefined };
const isSelection = ({ submissionId, roomId, slug }: Selected) =>
  (submissionId !== undefined) !== (roomId !== undefined || slug !== undefined);
const UNCLEAR = 'Name one submission, or a room, a problem or both.';
export const RejudgeSelection = z.strictObject(Selection).refine(isSelection, UNCLEAR);
export const StartRejudge = z.strictObject({ ...Selection, reason: Reason }).refine(isSelection, UNCLEAR);
/** `all`: those that keep their verdict as well. */
export const ChangesQuery = z.strictObject({ all: YesOrNo.optional(), cursor: Cursor });

export const SettleDeadLetters = z.strictObject({ ids: z.array(SubmissionIdShape).min(1).max(100) });

export const AdminProblemsQuery = z.strictObject({
  search: SearchText,
  difficulty: DifficultyShape.optional(),
  tag: TextShape.max(40).optional(),
  published: YesOrNo.optional(),
  cursor: Cursor,
});
export const CreateProblem = z.strictObject({
  slug: SlugShape,
  title: TitleShape,
  difficulty: DifficultyShape,
  tags: TagsShape.default([]),
  statement: StatementShape,
  limits: LimitsShape,
  checker: CheckerShape.default({ kind: 'tokens' }),
});
/** What is left out stays as it is. */
export const EditProblem = z.strictObject({
  title: TitleShape.optional(),
  difficulty: DifficultyShape.optional(),
  tags: TagsShape.optional(),
  statement: StatementShape.optional(),
  limits: LimitsShape.optional(),
  checker: CheckerShape.optional(),
});
export const RenderStatement = z.strictObject({ statement: StatementShape });

const Note = TextShape.max(16_384);
/** A test that fits into a request; longer texts are put in place of its input or answer afterwards. */
export const AddTest = z.strictObject({
  sample: z.boolean(),
  input: TextShape.default(''),
  answer: TextShape.default(''),
  /** Markdown, for samples. */
  note: Note.nullable().default(null),
});
/** What is left out stays as it is. `index`: the place it is to have among its own kind, samples or secret ones. */
export const EditTest = z.strictObject({
  input: TextShape.optional(),
  answer: TextShape.optional(),
  note: Note.nullable().optional(),
  index: z.number().int().min(0).max(10_000).optional(),
});

const Moment = z.iso.datetime({ offset: true });
/** From `fromAt` on and before `toAt`; without them the last 30 days. At most 92 days. */
export const AnalyticsQuery = z.strictObject({ fromAt: Moment.optional(), toAt: Moment.optional() });
export const ProblemFiguresQuery = AnalyticsQuery.extend({ cursor: Cursor });

export const AuditQuery = z.strictObject({
  actor: z.union([UserIdShape, z.literal('cli')]).optional(),
  action: z
    .string()
    .regex(/^[a-z-]+\.[a-z-]+$/)
    .max(50)
    .optional(),
  subject: TextShape.min(1).max(100).optional(),
  cursor: Cursor,
});
