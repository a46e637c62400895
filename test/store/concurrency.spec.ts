import type { RoomEvent } from '../../src/contract/events';
import { evolve, unopened } from '../../src/core/room';
import { onEveryPostgres } from '../support/database';
import { MINUTE, OPENED } from '../support/room-builder';
import { Stores } from '../support/stores';

onEveryPostgres((databases) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = new Stores(await databases.connect(undefined, 20));
    await stores.pickedProblems();
  });

  /** A clock that jumps by up to a minute to and fro each time it is moved; the same jumps in every run. */
  const shake = (turn: number) => {
    stores.clock.stopAt(OPENED + (((turn * 7919) % 121) - 60) * 1_000);
  };
  const announce = (text: string) => ({ do: 'announce', text }) as const;

  function expectInOrder(log: readonly RoomEvent[]): void {
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).toSorted((a, b) => a - b));
  }

  describe('one room', () => {
    it('that is changed by twenty at once numbers its log densely, and time in it never goes back', async () => {
      const roomId = await stores.open(await stores.person('Ann'));
      for (let round = 0; round < 5; round += 1) {
        const told = await Promise.all(
          Array.from({ length: 20 }, (_, turn) => {
            shake(round * 20 + turn);
            return stores.ask(roomId, announce(`${round}-${turn}`));
          }),
        );
        expect(new Set(told.flat().map(({ seq }) => seq)).size).toBe(20);
      }
      const log = await stores.rooms.eventsAfter(roomId, 0);
      expect(log).toHaveLength(102);
      expectInOrder(log);
    });

    it('leaves no gap where a change was refused or failed', async () => {
      const host = await stores.person('Ann');
      const roomId = await stores.open(host);
      const fail = () => Promise.reject(new Error('the plug was pulled'));
      const settled = await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) => {
          if (turn % 3 === 0) return stores.ask(roomId, announce('kept'));
          if (turn % 3 === 1) return stores.ask(roomId, announce('lost'), fail);
          return stores.ask(roomId, { do: 'resign', by: host.userId });
        }),
      );
      const kept = settled.filter(({ status }) => status === 'fulfilled').length;
      const log = await stores.rooms.eventsAfter(roomId, 0);
      expectInOrder(log);
      expect(log).toHaveLength(2 + kept);
      expect(JSON.stringify(log)).not.toContain('lost');
    });

    it('is started once by twenty who start it, and ended once by twenty who end it and a clock', async () => {
      const [ann, ben] = [await stores.person('Ann'), await stores.person('Ben')];
      const roomId = await stores.duel(ann, ben);
      const picked = [{ label: 'A', slug: 'a-plus-b' }];
      const starts = Array.from({ length: 20 }, () => stores.ask(roomId, { do: 'start', by: ann.userId, picked }));
      expect((await Promise.all(starts)).flat()).toEqual([]);
      stores.clock.travel(30 * MINUTE);
      await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) =>
          turn % 2 === 0
            ? stores.ask(roomId, { do: 'elapse' })
            : stores.ask(roomId, { do: 'end', by: ann.userId, gone: new Set([ben.userId]) }),
        ),
      );
      const types = (await stores.rooms.eventsAfter(roomId, 0)).map(({ type }) => type);
      for (const once of ['contest.started', 'contest.ended', 'contest.finalized']) {
        expect(types.filter((type) => type === once)).toHaveLength(1);
      }
    });

    it('does not hold up whoever only refers to it while it is changed', async () => {
      const [ann, ben, cat] = [await stores.person('Ann'), await stores.person('Ben'), await stores.person('Cat')];
      const roomId = await stores.duel(ann, ben);
      const { room } = await stores.rooms.get(roomId);
      await stores.ask(roomId, announce('Wait.'), async () => {
        await stores.try(roomId, ann.userId);
        await stores.rooms.addSpectator(room, cat);
        await stores.rooms.get(roomId);
      });
      expect((await stores.rooms.get(roomId)).standing.spectators).toEqual(new Set([cat.userId]));
    });
  });

  describe('many rooms', () => {
    it('changed at once stay apart, each with a log of its own that makes the room', async () => {
      const rooms = await Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          const [host, guest] = [await stores.person(`Host ${index}`), await stores.person(`Guest ${index}`)];
          return { host, guest, id: await stores.open(host, { countdownSeconds: 0 }) };
        }),
      );
      const moves = rooms.flatMap(({ id, host, guest }, index) => {
        shake(index);
        const person = index % 2 === 0 ? guest : host;
        return [
          stores.ask(id, { do: 'join', person: guest }),
          stores.ask(id, announce('Hello')),
          stores.ask(id, { do: 'ready', by: person.userId, ready: true }),
          stores.ask(id, { do: 'leave', by: guest.userId }),
          stores.ask(id, announce('Bye')),
        ];
      });
      await Promise.allSettled(moves);
      for (const { id } of rooms) {
        const log = await stores.rooms.eventsAfter(id, 0);
        expectInOrder(log);
        expect(log.every(({ roomId }) => roomId === id)).toBe(true);
        expect(log.reduce(evolve, unopened(id))).toEqual((await stores.rooms.get(id)).room);
      }
    });

    it('whose changes wait for each other in a circle are changed all the same', async () => {
      const [ann, ben] = [await stores.person('Ann'), await stores.person('Ben')];
      const rooms = [await stores.open(ann), await stores.open(ben)] as const;
      const arrived: (() => void)[] = [];
      const bothHoldOne = () =>
        new Promise<void>((resolve) => {
          arrived.push(resolve);
          if (arrived.length >= 2) for (const goOn of arrived) goOn();
        });
      const lock = 'SELECT FROM users WHERE id = $1 FOR UPDATE';
      const change = (index: 0 | 1, first: string, second: string) =>
        stores.ask(rooms[index], announce('Round we go'), async (tx) => {
          await tx.query(lock, [first]);
          await bothHoldOne();
          await tx.query(lock, [second]);
        });
      const told = await Promise.all([change(0, ann.userId, ben.userId), change(1, ben.userId, ann.userId)]);
      expect(told.map((events) => events.map(({ seq }) => seq))).toEqual([[3], [3]]);
    });
  });
});
