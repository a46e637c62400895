import { z } from 'zod';
import {
  AdminRoom,
  AdminSession,
  AdminSubmission,
  AdminSubmissionDetail,
  AdminUser,
  AdminUserDetail,
  Announced,
  Applied,
  Closed,
  DeadLetter,
  DeadLetterDetail,
  JudgeState,
  Rejudge,
  RejudgeChange,
  RejudgeDetail,
  RejudgedBoards,
  RejudgeScope,
  Settlement,
} from './admin';
import { Analytics, AuditEntry, ProblemFigures } from './admin-figures';
import { AdminProblem, AdminProblemSummary, AdminTest } from './admin-problems';
import {
  AddTest,
  AdminProblemsQuery,
  AnalyticsQuery,
  Announce,
  AuditQuery,
  Ban,
  ChangesQuery,
  CloseRoom,
  CreateProblem,
  EditProblem,
  EditTest,
  ProblemFiguresQuery,
  RejudgeSelection,
  RenderStatement,
  RoomsQuery,
  SetRole,
  SettleDeadLetters,
  StartRejudge,
  SubmissionsQuery,
  UsersQuery,
} from './admin-requests';
import { page } from './answers';
import type { RefusalCode } from './refusals';
import { Nothing, PageQuery } from './requests';
import type { Route } from './route';
import { RejudgeIdShape, RoomIdShape, SessionIdShape, SlugShape, SubmissionIdShape, UserIdShape } from './shapes';

/* What our own staff may ask, if it does not play itself; core/policy says who. All changes are in the audit log. */

const of = {
  user: { userId: UserIdShape },
  room: { roomId: RoomIdShape },
  submission: { submissionId: SubmissionIdShape },
  rejudge: { rejudgeId: RejudgeIdShape },
  problem: { slug: SlugShape },
  test: { slug: SlugShape, index: z.coerce.number().int().min(0) },
  side: { slug: SlugShape, index: z.coerce.number().int().min(0), side: z.enum(['input', 'answer']) },
};
const no = (...more: readonly RefusalCode[]): readonly RefusalCode[] => [
  'auth.forbidden',
  'player.already-in-a-room',
  ...more,
];

/** A page of a list that is asked for with `query`. */
const list = <Q extends z.ZodType, I extends z.ZodType>(
  says: string,
  query: Q,
  item: I,
  more: Pick<Route, 'params' | 'refusals'> = {},
) => ({ says, query, status: 200, answer: page(item), refusals: no(), ...more });
/** A look at one thing. */
const look = <A extends z.ZodType>(says: string, params: Route['params'], answer: A, ...refusals: RefusalCode[]) => ({
  ...{ says, ...(params && { params }), status: 200, answer, refusals: no(...refusals) },
});
/** A change that has nothing to say. */
const done = <B extends z.ZodType | null>(
  says: string,
  params: Route['params'],
  body: B,
  ...refusals: RefusalCode[]
) => ({
  ...{ says, ...(params && { params }), status: 204, refusals: no(...refusals) },
  ...((body && { body }) as B extends z.ZodType ? { body: B } : object),
});

export const ADMIN_ROUTES = {
  'GET /api/admin/users': list('Everybody, the newest first; of a search, by name.', UsersQuery, AdminUser),
  'GET /api/admin/users/:userId': look('One of them.', of.user, AdminUserDetail, 'user.not-found'),
  'PUT /api/admin/users/:userId/role': done(
    'Gives somebody a role. Nobody changes his own, and the last admin keeps his. The same again is the same answer.',
    ...([of.user, SetRole, 'user.not-found', 'user.last-admin'] as const),
  ),
  'POST /api/admin/users/:userId/ban': done(
    'Bans somebody: he is shut out within 5 s, his seats are freed or forfeited. The same again is the same answer.',
    ...([of.user, Ban, 'user.not-found', 'user.last-admin'] as const),
  ),
  'POST /api/admin/users/:userId/unban': done(
    'Lets somebody in again. What he lost by the ban stays lost. The same again is the same answer.',
    ...([of.user, Nothing, 'user.not-found'] as const),
  ),
  'GET /api/admin/users/:userId/sessions': list('Where somebody is signed in.', PageQuery, AdminSession, {
    params: of.user,
    refusals: no('user.not-found'),
  }),
  'DELETE /api/admin/users/:userId/sessions': done('Ends all his sessions.', of.user, null, 'user.not-found'),
  'DELETE /api/admin/users/:userId/sessions/:sessionId': done(
    'Ends one of his sessions. The same again is the same answer.',
    ...([{ ...of.user, sessionId: SessionIdShape }, null, 'user.not-found', 'session.not-found'] as const),
  ),

  'GET /api/admin/rooms': list('Rooms, the newest first.', RoomsQuery, AdminRoom),
  'GET /api/admin/rooms/:roomId': look('One of them.', of.room, AdminRoom, 'room.not-found'),
  'POST /api/admin/rooms/:roomId/close': {
    says: 'Cancels a lobby, ends a contest, or makes a result final without what it waits for. A second time nothing happens.',
    ...{ params: of.room, body: CloseRoom, status: 200, answer: Closed, refusals: no('room.not-found') },
  },
  'POST /api/admin/rooms/:roomId/announce': done(
    'Tells everybody in a room something. Each call tells it again.',
    ...([of.room, Announce, 'room.not-found'] as const),
  ),
  'POST /api/admin/announcements': {
    says: 'Tells everybody in all live rooms something. Each call tells it again.',
    ...{ body: Announce, status: 200, answer: Announced, refusals: no() },
  },

  'GET /api/admin/submissions': list('Submissions, the newest first.', SubmissionsQuery, AdminSubmission),
  'GET /api/admin/submissions/:submissionId': look(
    'One with its source, its tests and every attempt at judging it.',
    ...([of.submission, AdminSubmissionDetail, 'submission.not-found'] as const),
  ),

  'POST /api/admin/rejudges/preview': {
    says: 'What a rejudge would touch. Nothing is judged and nothing changes.',
    ...{ body: RejudgeSelection, status: 200, answer: RejudgeScope },
    refusals: no('submission.not-found', 'room.not-found', 'problem.not-found'),
  },
  'POST /api/admin/rejudges': {
    says: 'Judges submissions once more by their problems as they are now, beside their verdicts: nothing changes until it is applied.',
    ...{ body: StartRejudge, status: 201, answer: Rejudge },
    refusals: no('submission.not-found', 'room.not-found', 'problem.not-found', 'rejudge.nothing', 'rejudge.too-large'),
  },
  'GET /api/admin/rejudges': list('Rejudges, the newest first.', PageQuery, Rejudge),
  'GET /api/admin/rejudges/:rejudgeId': look(
    'How far one is, and what would change.',
    ...([of.rejudge, RejudgeDetail, 'rejudge.not-found'] as const),
  ),
  'GET /api/admin/rejudges/:rejudgeId/changes': list(
    'Its submissions that would get another verdict, or all of them.',
    ...([ChangesQuery, RejudgeChange, { params: of.rejudge, refusals: no('rejudge.not-found') }] as const),
  ),
  'GET /api/admin/rejudges/:rejudgeId/rooms/:roomId': look(
    'The standings of one of its rooms as they are, and as they would be.',
    ...([{ ...of.rejudge, ...of.room }, RejudgedBoards, 'rejudge.not-found', 'room.not-found'] as const),
  ),
  'POST /api/admin/rejudges/:rejudgeId/apply': {
    says: 'Puts the new verdicts in force, some at a time: asked again it goes on until none is left.',
    ...{ params: of.rejudge, body: Nothing, status: 200, answer: Applied },
    refusals: no('rejudge.not-found', 'rejudge.not-ready', 'rejudge.settled'),
  },
  'POST /api/admin/rejudges/:rejudgeId/discard': done(
    'Leaves everything as it is, also while it is still being judged. The same again is the same answer.',
    ...([of.rejudge, Nothing, 'rejudge.not-found', 'rejudge.settled'] as const),
  ),

  'GET /api/admin/dead-letters': list('What the judge has given up, the oldest first.', PageQuery, DeadLetter),
  'GET /api/admin/dead-letters/:submissionId': look(
    'One of them with all that was tried.',
    ...([of.submission, DeadLetterDetail, 'submission.not-found'] as const),
  ),
  'POST /api/admin/dead-letters/replay': {
    says: 'Has them judged again. What is no dead letter any more stays as it is.',
    ...{ body: SettleDeadLetters, status: 200, answer: Settlement, refusals: no() },
  },
  'POST /api/admin/dead-letters/drop': {
    says: 'Leaves them as judge errors for good. What is no dead letter any more stays as it is.',
    ...{ body: SettleDeadLetters, status: 200, answer: Settlement, refusals: no() },
  },
  'GET /api/admin/state': look('How the queue and the judge do.', undefined, JudgeState),

  'GET /api/admin/problems': list('Problems by slug, drafts too.', AdminProblemsQuery, AdminProblemSummary),
  'POST /api/admin/problems': {
    says: 'Begins a problem: a draft without tests.',
    ...{ body: CreateProblem, status: 201, answer: AdminProblem, refusals: no('problem.exists', 'problem.not-found') },
  },
  'POST /api/admin/statements': {
    says: 'A statement as its readers would see it. Nothing is stored.',
    ...{ body: RenderStatement, status: 200, answer: z.object({ statementHtml: z.string() }), refusals: no() },
  },
  'GET /api/admin/problems/:slug': look('One of them.', of.problem, AdminProblem, 'problem.not-found'),
  'PATCH /api/admin/problems/:slug': {
    says: 'Changes a problem. Contests under way keep the form they began with.',
    ...{ params: of.problem, body: EditProblem, status: 200, answer: AdminProblem, refusals: no('problem.not-found') },
  },
  'DELETE /api/admin/problems/:slug': done(
    'Deletes a problem that has never been in a room.',
    ...([of.problem, null, 'problem.not-found', 'problem.in-use'] as const),
  ),
  'POST /api/admin/problems/:slug/publish': done(
    'Lets rooms have it. It needs a sample and a secret test. The same again is the same answer.',
    ...([of.problem, Nothing, 'problem.not-found', 'problem.not-ready'] as const),
  ),
  'POST /api/admin/problems/:slug/unpublish': done(
    'No new room gets it. The same again is the same answer.',
    ...([of.problem, Nothing, 'problem.not-found'] as const),
  ),
  'GET /api/admin/problems/:slug/tests': list('Its tests in the order they run.', PageQuery, AdminTest, {
    params: of.problem,
    refusals: no('problem.not-found'),
  }),
  'POST /api/admin/problems/:slug/tests': {
    says: 'Adds a test behind the others of its kind.',
    ...{ params: of.problem, body: AddTest, status: 201, answer: AdminTest },
    refusals: no('problem.not-found', 'test.too-large'),
  },
  'PATCH /api/admin/problems/:slug/tests/:index': {
    says: 'Changes a test, or its place among its own kind.',
    ...{ params: of.test, body: EditTest, status: 200, answer: AdminTest },
    refusals: no('problem.not-found', 'test.not-found', 'test.too-large'),
  },
  'DELETE /api/admin/problems/:slug/tests/:index': done(
    'Removes a test; those behind it move up. A published problem keeps its last sample and its last secret test.',
    ...([of.test, null, 'problem.not-found', 'test.not-found', 'problem.not-ready'] as const),
  ),
  'GET /api/admin/problems/:slug/tests/:index/:side': {
    says: 'The whole input or answer of a test.',
    ...{ params: of.side, text: 'answer', status: 200, refusals: no('problem.not-found', 'test.not-found') },
  },
  'PUT /api/admin/problems/:slug/tests/:index/:side': {
    says: 'Puts a whole text, however long, in place of the input or answer of a test. The same again is the same answer.',
    ...{ params: of.side, text: 'body', status: 204 },
    refusals: no('request.malformed', 'problem.not-found', 'test.not-found', 'test.too-large'),
  },

  'GET /api/admin/analytics': {
    says: 'What happened between two moments, in all and per hour.',
    ...{ query: AnalyticsQuery, status: 200, answer: Analytics, refusals: no() },
  },
  'GET /api/admin/analytics/problems': list(
    'How problems did between two moments, by slug; those that nobody tried are left out.',
    ...([ProblemFiguresQuery, ProblemFigures] as const),
  ),
  'GET /api/admin/audit': list('Who did what, the latest first.', AuditQuery, AuditEntry),
} as const satisfies Record<string, Route>;
