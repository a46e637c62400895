import fc from 'fast-check';
import type { LanguageId, RoomId, UserId, Verdict } from '../../src/contract/terms';
import { AnalyticsStore } from '../../src/store/analytics.store';
import { onEveryPostgres } from '../support/database';
import { problem, Stores } from '../support/stores';

const HOUR = 3_600_000;
const USERS: readonly UserId[] = ['user_1', 'user_2', 'user_3', 'user_4'];
const SLUGS = ['alpha', 'beta', 'gamma'];

const moment = fc.integer({ min: 0, max: 12 * HOUR });
const aUser = fc.record({ createdAt: moment, guest: fc.boolean() });
const aRoom = fc.record({
  openedAt: moment,
  startedAt: fc.option(moment),
  finalizedAt: fc.option(moment),
  cancelledAt: fc.option(moment),
});
const aSubmission = fc.record({
  user: fc.nat({ max: USERS.length - 1 }),
  room: fc.nat({ max: 5 }),
  problem: fc.nat({ max: SLUGS.length - 1 }),
  language: fc.constantFrom<LanguageId>('cpp', 'python', 'go'),
  verdict: fc.constantFrom<Verdict | null>('AC', 'AC', 'WA', 'TLE', 'CE', 'JE', null),
  receivedAt: moment,
});
const history = fc.record({
  users: fc.tuple(aUser, aUser, aUser, aUser),
  rooms: fc.array(aRoom, { minLength: 6, maxLength: 6 }),
  submissions: fc.array(aSubmission, { maxLength: 40 }),
  span: fc.tuple(moment, fc.integer({ min: 1, max: 5 * HOUR })).map(([from, length]) => [from, from + length] as const),
});
type History = typeof history extends fc.Arbitrary<infer H> ? H : never;

const countBy = <T>(items: readonly T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};

onEveryPostgres((databases) => {
  let stores: Stores;
  let figures: AnalyticsStore;
  beforeAll(async () => {
    stores = new Stores(await databases.connect());
    figures = new AnalyticsStore(stores.db);
  });

  async function write({ users, rooms, submissions }: History): Promise<void> {
    await stores.empty();
    for (const slug of SLUGS) await stores.problems.save(problem(slug));
    for (const [index, { createdAt, guest }] of users.entries())
      await stores.query(
        `INSERT INTO users (id, name, guest, created_at, rating, rating_deviation, rating_volatility) VALUES ($1, $1, $2, $3, 1, 1, 1)`,
        [USERS[index], guest, createdAt],
      );
    for (const [index, { openedAt, startedAt, finalizedAt, cancelledAt }] of rooms.entries()) {
      const id: RoomId = `room_${index}`;
      await stores.query(
        `INSERT INTO rooms (id, code, host_id, settings, casual, seq, last_at, opened_at, started_at, finalized_at, cancelled_at)
          VALUES ($1, $1, 'user_1', '{}', false, 0, 0, $2, $3, $4, $5)`,
        [id, openedAt, startedAt, finalizedAt, cancelledAt],
      );
      await stores.query(
        `INSERT INTO room_problems (room_id, label, slug) SELECT $1, chr(64 + n::int), slug FROM unnest($2::text[]) WITH ORDINALITY AS p (slug, n)`,
        [id, SLUGS],
      );
    }
    for (const [index, one] of submissions.entries())
      await stores.query(
        `INSERT INTO submissions (id, room_id, user_id, label, language, source, key, received_at, received_seq, verdict, due_at)
          VALUES ($1, $2, $3, $4, $5, '', $1, $6, 1, $7, $6)`,
        [
          `sub_${index}`,
          `room_${one.room}`,
          USERS[one.user],
          'ABC'[one.problem],
          one.language,
          one.receivedAt,
          one.verdict,
        ],
      );
  }

  describe('figures of any span', () => {
    it('are what counting everything one by one comes to', async () => {
      await fc.assert(
        fc.asyncProperty(history, async (past) => {
          await write(past);
          const { span } = past;
          const isIn = (at: number) => at >= span[0] && at < span[1];
          const users = past.users.filter(({ createdAt }) => isIn(createdAt));
          const rooms = past.rooms.filter(({ openedAt }) => isIn(openedAt));
          const submissions = past.submissions.filter(({ receivedAt }) => isIn(receivedAt));

          expect(await figures.users(span)).toEqual({
            ...{ total: 4, new: users.length, newGuests: users.filter(({ guest }) => guest).length },
            active: new Set(submissions.map(({ user }) => user)).size,
          });
          const having = (name: 'startedAt' | 'finalizedAt' | 'cancelledAt') =>
            rooms.filter((room) => room[name] !== null).length;
          expect(await figures.rooms(span)).toEqual({
            ...{ opened: rooms.length, started: having('startedAt') },
            ...{ finalized: having('finalizedAt'), cancelled: having('cancelledAt') },
          });

          const found = await figures.submissions(span);
          expect(found.total).toBe(submissions.length);
          expect(Object.fromEntries(found.byVerdict.map(({ verdict, count }) => [verdict, count]))).toEqual(
            countBy(submissions, ({ verdict }) => verdict ?? 'PENDING'),
          );
          expect(Object.fromEntries(found.byLanguage.map(({ language, count }) => [language, count]))).toEqual(
            countBy(submissions, ({ language }) => language),
          );
          for (const { language, accepted } of found.byLanguage)
            expect(accepted).toBe(
              submissions.filter((one) => one.language === language && one.verdict === 'AC').length,
            );

          const first = Math.floor(span[0] / HOUR) * HOUR;
          const hours = Array.from({ length: Math.ceil((span[1] - first) / HOUR) }, (_, hour) => first + hour * HOUR);
          const within = (at: number, hour: number) => at >= hour && at < hour + HOUR;
          expect(await figures.perHour(span)).toEqual(
            hours.map((at) => ({
              at,
              users: users.filter(({ createdAt }) => within(createdAt, at)).length,
              rooms: rooms.filter(({ openedAt }) => within(openedAt, at)).length,
              submissions: submissions.filter(({ receivedAt }) => within(receivedAt, at)).length,
            })),
          );

          const tried = SLUGS.flatMap((slug, index) => {
            const of = submissions.filter((one) => one.problem === index);
            const right = of.filter(({ verdict }) => verdict === 'AC');
            const people = (some: typeof of) => new Set(some.map(({ user }) => user)).size;
            if (of.length === 0) return [];
            return [{ slug, submissions: of.length, accepted: right.length, tried: people(of), solved: people(right) }];
          });
          const told = await figures.problems(span, '', 9);
          expect(told).toMatchObject(tried);
          expect(told).toHaveLength(tried.length);
          expect((await figures.problems(span, 'alpha', 1)).map(({ slug }) => slug)).toEqual(
            tried
              .map(({ slug }) => slug)
              .filter((slug) => slug > 'alpha')
              .slice(0, 1),
          );
        }),
        { numRuns: 25 },
      );
    });
  });
});
