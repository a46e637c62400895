import type { Statement } from './statements';
import type { Stores } from './stores';

const USERS = 4_000;
const ROOMS = 4_000;
/** As many rows of each kind as make reading all of them dear. Most contests are over and most work is done, as after a year. */
export const CROWD = `
  INSERT INTO users (id, name, guest, created_at, rating, rating_deviation, rating_volatility)
    SELECT 'user_' || n, 'U' || n, true, n, 1500, 350, 0.06 FROM generate_series(1, ${USERS}) n;
  INSERT INTO sessions (id, user_id, created_at) SELECT 'sess_' || n, 'user_' || n, n FROM generate_series(1, ${USERS}) n;
  INSERT INTO refresh_tokens (hash, session_id, expires_at)
    SELECT 'hash_' || n, 'sess_' || (n % ${USERS} + 1), 9e15 FROM generate_series(1, ${4 * USERS}) n;
  INSERT INTO problems (slug, title, difficulty, tags, statement, statement_html, cpu_ms, memory_kib, checker, digest, published_at)
    SELECT 'problem-' || n, 'P' || n, 'easy', '{}', '', '', 1, 1, '{"kind":"tokens"}', '', 1 FROM generate_series(1, 50) n;
  INSERT INTO test_cases (slug, index, sample, input, answer)
    SELECT 'problem-' || n, i, i < 2, '', '' FROM generate_series(1, 50) n, generate_series(0, 40) i;
  INSERT INTO rooms (id, code, host_id, settings, casual, seq, last_at, due_at, opened_at, starts_at, started_at, ends_at, ended_at, finalized_at)
    SELECT 'room_' || n, 'CODE' || n, 'user_' || n, '{"minutes":30,"problems":{"count":3}}', false, 20, n,
        CASE WHEN n % 100 = 0 THEN n END, n, n, n, n + 1, n + 1, n + 1 FROM generate_series(1, ${ROOMS}) n;
  INSERT INTO participants (room_id, user_id, role, seat, name, guest, released_at, seen_at)
    SELECT 'room_' || n, 'user_' || ((n + s) % ${USERS} + 1), 'player', s, 'U', true, 1, 1
      FROM generate_series(1, ${ROOMS}) n, generate_series(1, 2) s;
  INSERT INTO room_problems (room_id, label, slug)
    SELECT 'room_' || n, chr(64 + p), 'problem-' || (n % 40 + p) FROM generate_series(1, ${ROOMS}) n, generate_series(1, 3) p;
  INSERT INTO room_events (room_id, seq, at, type, data)
    SELECT 'room_' || n, e, n, 'announcement.posted', '{"text":""}' FROM generate_series(1, ${ROOMS}) n, generate_series(1, 20) e;
  INSERT INTO submissions (id, room_id, user_id, label, language, source, key, received_at, received_seq, verdict, attempt, due_at)
    SELECT 'sub_' || n || '_' || s, 'room_' || n, 'user_' || ((n + s % 2 + 1) % ${USERS} + 1), 'A', 'cpp', '', 'k' || s, n, s,
        CASE WHEN n % 200 > 0 THEN 'WA' END, 1, CASE WHEN n % 200 = 0 THEN n END
      FROM generate_series(1, ${ROOMS}) n, generate_series(1, 5) s;
  INSERT INTO judgings (submission_id, attempt, cause, claimed_at, finished_at, verdict) SELECT id, 1, 'first', 1, 2, verdict FROM submissions;
  INSERT INTO test_runs (submission_id, attempt, index, sample, verdict, cpu_ms, wall_ms, memory_kib)
    SELECT id, 1, i, false, 'WA', 1, 1, 1 FROM submissions, generate_series(0, 3) i;
  INSERT INTO trials (id, room_id, user_id, label, language, source, created_at, verdict, attempt, due_at)
    SELECT 'trial_' || n, 'room_' || (n % ${ROOMS} + 1), 'user_' || (n % ${USERS} + 1), 'A', 'cpp', '', n,
        CASE WHEN n % 100 > 0 THEN 'AC' END, 1, CASE WHEN n % 100 = 0 THEN n END FROM generate_series(1, 10000) n;
  INSERT INTO contest_history (room_id, user_id, opponent_id, opponent_name, outcome, reason, rank, solved, penalty, casual,
      finalized_at, rating_before, rating_after)
    SELECT room_id, user_id, user_id, 'U', 'draw', 'time', 1, 0, 0, false, seen_at, 1500, 1500 FROM participants;
  INSERT INTO rejudges (id, started_by, reason, created_at, applied_at)
    SELECT 'rejudge_' || n, 'user_' || n, '', n, n FROM generate_series(1, 500) n;
  INSERT INTO reruns (id, rejudge_id, submission_id, before, base_attempt, verdict, due_at)
    SELECT 'rerun_' || id, 'rejudge_' || (received_at % 500 + 1), id, 'WA', 1, CASE WHEN received_at % 300 > 0 THEN 'AC' END,
        CASE WHEN received_at % 300 = 0 THEN received_at END FROM submissions;
  INSERT INTO audit (at, actor, action, subject, detail)
    SELECT n, 'user_' || (n % 50), 'user.' || (n % 20), 'user_' || (n % ${USERS}), '{}' FROM generate_series(1, 20000) n;
  ANALYZE;`;

const BIG =
  /"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(?!problems|problem_forms|test_cases|engines|migrations)(\w+)"/g;

/** Which big tables a statement would read from end to end. */
export async function tablesReadWhole(stores: Stores, { sql, parameters }: Statement): Promise<string[]> {
  const plan = await stores.query(`EXPLAIN (FORMAT JSON) ${sql}`, [...parameters]);
  return Array.from(JSON.stringify(plan, null, 1).matchAll(BIG), ([, table]) => table!);
}
