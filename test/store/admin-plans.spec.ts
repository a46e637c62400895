import type { DataSource } from 'typeorm';
import { AnalyticsStore } from '../../src/store/analytics.store';
import { AuditStore } from '../../src/store/audit.store';
import { DeadLetterStore } from '../../src/store/dead-letter.store';
import { ProblemEditingStore } from '../../src/store/problem-editing.store';
import { RejudgeStore } from '../../src/store/rejudge.store';
import { RoomListStore } from '../../src/store/room-list.store';
import { SubmissionListStore } from '../../src/store/submission-list.store';
import { UserListStore } from '../../src/store/user-list.store';
import { CROWD, tablesReadWhole } from '../support/crowd';
import { onEveryPostgres } from '../support/database';
import { recordStatements, type Statement } from '../support/statements';
import { Stores } from '../support/stores';

const PAGE = 51;
const storesOf = (db: DataSource, { clock, jobs, problems }: Stores) => ({
  ...{ jobs, problems },
  users: new UserListStore(db, clock),
  rooms: new RoomListStore(db),
  submissions: new SubmissionListStore(db),
  letters: new DeadLetterStore(db, clock),
  rejudges: new RejudgeStore(db, clock),
  editing: new ProblemEditingStore(db, clock),
  figures: new AnalyticsStore(db),
  audit: new AuditStore(db, clock),
});
type Staff = ReturnType<typeof storesOf>;

/** Every list and look of our own staff. Each is one statement, however long its page. */
const LOOKS: Readonly<Record<string, (staff: Staff) => Promise<unknown>>> = {
  'the newest users': ({ users }) => users.newest({}, null, PAGE),
  'users from a place on': ({ users }) => users.newest({}, [2_000, 'user_2000'], PAGE),
  'users by name': ({ users }) => users.named('u39', {}, null, PAGE),
  'users by name from a place on': ({ users }) => users.named('u3', {}, ['u39', 'user_39'], PAGE),
  'our own staff': ({ users }) => users.newest({ role: 'judge' }, null, PAGE),
  'who is banned': ({ users }) => users.newest({ banned: true }, null, PAGE),
  'one user': ({ users }) => users.withId('user_77', {}),
  'his sessions': ({ users }) => users.sessionsOf('user_77'),
  'the newest rooms': ({ rooms }) => rooms.list({}, null, PAGE),
  'rooms from a place on': ({ rooms }) => rooms.list({}, [2_000, 'room_2000'], PAGE),
  'live rooms': ({ rooms }) => rooms.list({ phase: 'live' }, null, PAGE),
  'running rooms': ({ rooms }) => rooms.list({ phase: 'running' }, null, PAGE),
  'a room by code': ({ rooms }) => rooms.list({ code: 'CODE77' }, null, PAGE),
  'rooms of a player': ({ rooms }) => rooms.list({ userId: 'user_77' }, null, PAGE),
  'rooms to be told something': ({ rooms }) => rooms.live(null, 500),
  'the newest submissions': ({ submissions }) => submissions.list({}, null, PAGE),
  'submissions from a place on': ({ submissions }) => submissions.list({}, [2_000, 'sub_2000_1'], PAGE),
  'submissions of a user': ({ submissions }) => submissions.list({ userId: 'user_77' }, null, PAGE),
  'submissions of a room': ({ submissions }) => submissions.list({ roomId: 'room_77' }, null, PAGE),
  'submissions that wait': ({ submissions }) => submissions.list({ verdict: 'PENDING' }, null, PAGE),
  'one submission': ({ submissions }) => submissions.list({ id: 'sub_77_1' }, null, 1),
  'dead letters': ({ letters }) => letters.list(PAGE),
  'attempts at judging': ({ letters }) => letters.attemptsAt('sub_77_1'),
  'what a rejudge of a room touches': ({ rejudges }) => rejudges.scope({ roomId: 'room_77' }),
  'what a rejudge of a submission touches': ({ rejudges }) => rejudges.scope({ submissionId: 'sub_77_1' }),
  rejudges: ({ rejudges }) => rejudges.list(null, PAGE),
  'a rejudge': ({ rejudges }) => rejudges.list(null, 1, 'rejudge_7'),
  'its moves': ({ rejudges }) => rejudges.moves('rejudge_7'),
  'its changes': ({ rejudges }) => rejudges.changes('rejudge_7', false, '', PAGE),
  'its verdicts in a room': ({ rejudges }) => rejudges.verdictsIn('rejudge_7', 'room_6'),
  'what is left of it': ({ rejudges }) => rejudges.left('rejudge_7', 200),
  'what is owed': ({ jobs }) => jobs.depths(),
  'a result once more': ({ jobs }) => jobs.claim('rerun_sub_300_1'),
  'a problem': ({ editing }) => editing.get('problem-20'),
  'problems of a room': ({ problems }) => problems.ofRoom('room_77'),
  'rooms of a span': ({ figures }) => figures.rooms([100, 150]),
  'submissions of a span': ({ figures }) => figures.submissions([100, 150]),
  'hours of a span': ({ figures }) => figures.perHour([100, 150]),
  'problems of a span': ({ figures }) => figures.problems([100, 110], '', PAGE),
  'the audit log': ({ audit }) => audit.list({}, null, PAGE),
  'the audit log of somebody': ({ audit }) => audit.list({ actor: 'user_7' }, 10_000, PAGE),
  'the audit log of an action': ({ audit }) => audit.list({ action: 'user.7' }, null, PAGE),
  'the audit log of a thing': ({ audit }) => audit.list({ subject: 'user_77' }, null, PAGE),
};

onEveryPostgres((databases) => {
  let stores: Stores;
  let staff: Staff;
  let statements: Statement[];
  beforeAll(async () => {
    stores = new Stores(await databases.connect());
    await stores.query(CROWD);
    staff = storesOf(stores.db, stores);
    statements = recordStatements(stores.db);
  });

  describe('however much there is, one statement that reads no table whole is enough for', () => {
    it.each(Object.keys(LOOKS))('%s', async (name) => {
      statements.length = 0;
      await LOOKS[name]!(staff);
      const asked = [...statements];
      expect(asked).toHaveLength(1);
      expect({ sql: asked[0]!.sql, whole: await tablesReadWhole(stores, asked[0]!) }).toMatchObject({ whole: [] });
    });
  });
});
