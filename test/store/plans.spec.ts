import type { JobId, RoomId, SessionId, SubmissionId, UserId } from '../../src/contract/terms';
import { onEveryPostgres } from '../support/database';
import { recordStatements, type Statement } from '../support/statements';
import { judged, newPerson, Stores } from '../support/stores';

const USERS = 4_000;
const ROOMS = 4_000;
/** As many rows of each kind as make reading all of them dear. Most contests are over and most work is done, as after a year. */
const CROWD = `
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
  ANALYZE;`;

const room: RoomId = 'room_77';
const user: UserId = 'user_79';
const submission: SubmissionId = 'sub_200_1';
const jobs: readonly JobId[] = ['sub_200_1', 'trial_100'];
const job = { id: 'sub_77_1' as SubmissionId, attempt: 1 };

/** Whatever a request, a judge or a clock asks for over and over; each of the big tables is met. */
const HOT: Readonly<Record<string, (stores: Stores) => Promise<unknown>>> = {
  'a snapshot': ({ rooms }) => rooms.get(room),
  'a change of a room': (stores) => stores.ask(room, { do: 'announce', text: '' }),
  'a code': ({ rooms }) => rooms.byCode('CODE77'),
  'the log past a position': ({ rooms }) => rooms.eventsAfter(room, 5),
  'positions of the rooms that are watched': ({ rooms }) => rooms.positions(['room_1', 'room_2', 'room_3']),
  'rooms that are due': ({ rooms }) => rooms.due(500),
  'who was heard of': ({ rooms }) => rooms.seen(new Map([[user, 2]])),
  'a spectator who leaves': ({ rooms }) => rooms.removeSpectator(room, user),
  'a session': ({ sessions }) => sessions.find('sess_77'),
  'sessions that are over': ({ sessions }) => sessions.ended(['sess_1', 'sess_2'] as SessionId[]),
  'a refresh': ({ sessions }) => sessions.exchange('hash_77', { hash: 'next', expiresAt: 9e15 }),
  'a key': ({ submissions }) => submissions.byKey(room, user, 'k1'),
  'a submission': ({ submissions }) => submissions.get(submission),
  'submissions of a room': ({ submissions }) => submissions.list(room, null, 0, 50),
  "a player's submissions": ({ submissions }) => submissions.list(room, user, 0, 50),
  'trials that a user waits for': ({ submissions }) => submissions.trialsOwed(user),
  'a trial': (stores) => stores.submissions.trial('trial_77', 'user_78'),
  'work that is owed': (stores) => stores.jobs.owed(1_000),
  'how much is owed': (stores) => stores.jobs.backlog(),
  'how much of it is due': (stores) => stores.jobs.backlog(1_000),
  'a claim of a submission': (stores) => stores.jobs.claim('sub_200_2'),
  'a claim of a trial': (stores) => stores.jobs.claim('trial_200'),
  'a renewal': (stores) => stores.jobs.renew(jobs.map((id) => ({ id, attempt: 1 }))),
  'a result': (stores) => stores.db.transaction((tx) => stores.jobs.finish(tx, job as never, judged('AC'))),
  'a rejudge': (stores) => stores.jobs.rejudge(submission),
  'past contests': ({ users }) => users.history(user, null, 50),
  'what is known of a user': ({ users }) => users.stats(user),
  'problems nobody has met': ({ problems }) => problems.pick({ count: 3 }, [user, 'user_80']),
};
const BIG = /"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(?!problems|test_cases|migrations)(\w+)"/g;

onEveryPostgres((databases) => {
  let stores: Stores;
  let statements: Statement[];

  beforeAll(async () => {
    stores = new Stores(await databases.connect());
    await stores.query(CROWD);
    await stores.people(newPerson('Somebody'));
    statements = recordStatements(stores.db);
  }, 120_000);

  async function tablesReadWhole({ sql, parameters }: Statement): Promise<string[]> {
    const plan = await stores.query(`EXPLAIN (FORMAT JSON) ${sql}`, [...parameters]);
    return Array.from(JSON.stringify(plan, null, 1).matchAll(BIG), ([, table]) => table!);
  }

  describe('however much has been played, no table is read whole for', () => {
    it.each(Object.keys(HOT))('%s', async (name) => {
      statements.length = 0;
      await HOT[name]!(stores);
      const asked = statements.filter(({ sql }) => /^\s*\(?(SELECT|WITH|INSERT|UPDATE|DELETE)/.test(sql));
      expect(asked.length).toBeGreaterThan(0);
      for (const statement of asked) {
        expect({ sql: statement.sql, whole: await tablesReadWhole(statement) }).toEqual({
          sql: statement.sql,
          whole: [],
        });
      }
    });

    it('anything, if this test can tell: where there is no index it says so', async () => {
      expect(await tablesReadWhole({ sql: 'SELECT FROM rooms WHERE casual', parameters: [] })).toEqual(['rooms']);
    });
  });
});
