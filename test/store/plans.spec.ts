import type { JobId, RoomId, SessionId, SubmissionId, UserId } from '../../src/contract/terms';
import { CROWD, tablesReadWhole } from '../support/crowd';
import { onEveryPostgres } from '../support/database';
import { recordStatements, type Statement } from '../support/statements';
import { judged, newPerson, Stores } from '../support/stores';

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
  'sessions that have changed': ({ sessions }) =>
    sessions.changed((['sess_1', 'sess_2'] as SessionId[]).map((id) => ({ id, role: 'player' }))),
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

onEveryPostgres((databases) => {
  let stores: Stores;
  let statements: Statement[];

  beforeAll(async () => {
    stores = new Stores(await databases.connect());
    await stores.query(CROWD);
    await stores.people(newPerson('Somebody'));
    statements = recordStatements(stores.db);
  });

  describe('however much has been played, no table is read whole for', () => {
    it.each(Object.keys(HOT))('%s', async (name) => {
      statements.length = 0;
      await HOT[name]!(stores);
      const asked = statements.filter(({ sql }) => /^\s*\(?(SELECT|WITH|INSERT|UPDATE|DELETE)/.test(sql));
      expect(asked.length).toBeGreaterThan(0);
      for (const statement of asked) {
        expect({ sql: statement.sql, whole: await tablesReadWhole(stores, statement) }).toEqual({
          sql: statement.sql,
          whole: [],
        });
      }
    });

    it('anything, if this test can tell: where there is no index it says so', async () => {
      expect(await tablesReadWhole(stores, { sql: 'SELECT FROM rooms WHERE casual', parameters: [] })).toEqual([
        'rooms',
      ]);
    });
  });
});
