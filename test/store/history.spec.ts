import type { RoomId } from '../../src/contract/terms';
import type { Person } from '../../src/core/moves';
import { rated, UNRATED } from '../../src/core/rating';
import { onEveryPostgres } from '../support/database';
import { Stores } from '../support/stores';

onEveryPostgres((databases) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = new Stores(await databases.connect());
    await stores.pickedProblems();
  });

  const duelists = async () => [await stores.person('Ann'), await stores.person('Ben')] as const;
  const resign = (roomId: RoomId, { userId: by }: Person) => stores.ask(roomId, { do: 'resign', by });
  const history = ({ userId }: Person) => stores.users.history(userId, null, 50);
  const rating = async ({ userId }: Person) => (await stores.users.find(userId))!.rating;

  describe('a final contest', () => {
    it('leaves one row to each player and changes each rating once, however often its end is asked for at once', async () => {
      const [ann, ben] = await duelists();
      const roomId = await stores.duel(ann, ben);
      await Promise.allSettled(Array.from({ length: 20 }, (_, index) => resign(roomId, index % 2 === 0 ? ann : ben)));
      const [mine, his] = [await history(ann), await history(ben)];
      expect([mine.length, his.length]).toEqual([1, 1]);
      expect([mine[0]!.outcome, his[0]!.outcome].toSorted()).toEqual(['loss', 'win']);
      const winner = mine[0]!.outcome === 'win' ? ann : ben;
      expect(await rating(winner)).toBe(rated(UNRATED, UNRATED, 1).rating);
      expect(mine[0]).toMatchObject({
        roomId,
        opponent: { userId: ben.userId, name: 'Ben' },
        reason: 'resign',
        ratingBefore: 1500,
        ratingAfter: await rating(ann),
      });
    });

    it('that was casual changes no rating', async () => {
      const [ann, ben] = await duelists();
      await resign(await stores.duel(ann, ben, { problems: ['a-plus-b'] }), ann);
      expect(await rating(ann)).toBe(1500);
      expect(await history(ann)).toMatchObject([{ casual: true, ratingBefore: 1500, ratingAfter: 1500 }]);
    });

    it('is counted in what is known of its players', async () => {
      const [ann, ben] = await duelists();
      await resign(await stores.duel(ann, ben), ann);
      expect(await stores.users.stats(ann.userId)).toEqual({ contests: 1, wins: 0, losses: 1, draws: 0, solved: 0 });
      expect(await stores.users.stats((await stores.person('Eve')).userId)).toMatchObject({ contests: 0, solved: 0 });
    });

    it('is listed newest first, page by page', async () => {
      const [ann, ben] = await duelists();
      const rooms: RoomId[] = [];
      for (let round = 0; round < 3; round += 1) {
        rooms.unshift(await stores.duel(ann, ben));
        await resign(rooms[0]!, ann);
        stores.clock.travel(1);
      }
      const first = await stores.users.history(ann.userId, null, 2);
      const { finalizedAt: at, roomId } = first.at(-1)!;
      const rest = await stores.users.history(ann.userId, { at, roomId }, 2);
      expect([...first, ...rest].map((one) => one.roomId)).toEqual(rooms);
    });
  });

  describe('contests that become final at once', () => {
    it('and share players wait for each other, never in a circle, and every one counts', async () => {
      const people = await Promise.all(['P', 'Q', 'R', 'S'].map((name) => stores.person(name)));
      const pairs = people.flatMap((one) =>
        people.filter((other) => other !== one).map((other) => [one, other] as const),
      );
      const rooms: RoomId[] = [];
      for (const [one, other] of pairs) {
        const roomId = await stores.duel(one, other);
        rooms.push(roomId);
        await stores.submit(roomId, one.userId, { id: `sub_${roomId}` });
        await resign(roomId, other);
      }
      await Promise.all(rooms.map((id) => stores.ask(id, { do: 'judge', submissionId: `sub_${id}`, verdict: 'WA' })));
      for (const person of people) {
        const past = await history(person);
        expect(past).toHaveLength(6);
        // Whatever the order: each contest began with the rating the one before left.
        const befores = past.map(({ ratingBefore }) => ratingBefore);
        const afters = past.map(({ ratingAfter }) => ratingAfter);
        expect([...befores, await rating(person)].toSorted()).toEqual([1500, ...afters].toSorted());
      }
    });
  });
});
