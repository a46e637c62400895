import type {
  Instant,
  JobId,
  Label,
  LanguageId,
  RerunId,
  RoomId,
  Slug,
  TrialId,
  UserId,
  Verdict,
} from '../contract/terms';

/** Work a judge has claimed: nobody else works on it before `dueAt`, unless he renews. */
export interface Job {
  readonly id: JobId;
  readonly attempt: number;
  /** Attempts in a row that came to nothing, this one included until it proves otherwise. */
  readonly failures: number;
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly label: Label;
  readonly slug: Slug;
  /** The digest of the form its room keeps the problem in; null: as the problem is. */
  readonly form: string | null;
  readonly language: LanguageId;
  readonly source: string;
  /** Own input of a trial; null: the problem's tests. */
  readonly input: string | null;
  /** The verdict a rejudge is to replace. */
  readonly verdict: Verdict | null;
  readonly receivedAt: Instant;
  /** The request that brought it, for the log. */
  readonly requestId: string | null;
}
export const isTrial = (id: JobId): id is TrialId => id.startsWith('trial_');
export const isRerun = (id: JobId): id is RerunId => id.startsWith('rerun_');

/** Every table whose rows are work: whoever is due waits for a judge. */
export const WORK = ['submissions', 'trials', 'reruns'] as const;
export const tableOf = (id: JobId): (typeof WORK)[number] =>
  isTrial(id) ? 'trials' : isRerun(id) ? 'reruns' : 'submissions';

const claim = (table: (typeof WORK)[number]) =>
  `UPDATE ${table} SET attempt = attempt + 1, failures = failures + 1, due_at = $3 WHERE id = $1 AND due_at <= $2 RETURNING *`;
const JOB = `claimed.id, claimed.attempt, claimed.failures, claimed.room_id AS "roomId", user_id AS "userId", claimed.label, slug, language, source, request_id AS "requestId"`;
const OF_PROBLEM = `FROM claimed JOIN room_problems p ON p.room_id = claimed.room_id AND p.label = claimed.label`;

/** Of a row by its id ($1), if it is due by a moment ($2): it is his until another ($3). */
export const CLAIM = {
  trials: `WITH claimed AS (${claim('trials')})
    SELECT ${JOB}, p.digest AS form, verdict, created_at AS "receivedAt", input ${OF_PROBLEM}`,
  submissions: `WITH claimed AS (${claim('submissions')}),
    noted AS (INSERT INTO judgings (submission_id, attempt, cause, claimed_at)
      SELECT id, attempt, CASE WHEN verdict IS NOT NULL THEN 'rejudge' WHEN attempt = 1 THEN 'first' ELSE 'retry' END, $2 FROM claimed)
    SELECT ${JOB}, p.digest AS form, verdict, received_at AS "receivedAt", NULL AS input ${OF_PROBLEM}`,
  // By the problem as it is now: a rejudge is for what has changed in it.
  reruns: `WITH rerun AS (${claim('reruns')}),
    claimed AS (SELECT rerun.id, rerun.attempt, rerun.failures, s.room_id, s.user_id, s.label, s.language, s.source,
        s.received_at, s.request_id, rerun.before FROM rerun JOIN submissions s ON s.id = rerun.submission_id)
    SELECT ${JOB}, NULL AS form, before AS verdict, received_at AS "receivedAt", NULL AS input ${OF_PROBLEM}`,
} as const;
