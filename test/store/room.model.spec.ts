import fc from 'fast-check';
import type { RoomEvent } from '../../src/contract/events';
import { Refusal } from '../../src/contract/refusals';
import type { Settings } from '../../src/contract/shapes';
import type { Command } from '../../src/core/moves';
import { dueAt, evolve, phaseOf, unopened } from '../../src/core/room';
import { isOpen, leaderboardFor } from '../../src/core/view';
import { lockRoom } from '../../src/store/room.rows';
import { RoomRow } from '../../src/store/tables/rooms';
import { onEveryPostgres } from '../support/database';
import { anyStory, starting, take, type Step, type Story } from '../support/random-room';
import { ANN, BEN, CAT, DAN, MINUTE, NEXT_ROOM, SUE, TestRoom } from '../support/room-builder';
import { Stores } from '../support/stores';

/** The rules alone, with what the server adds to them: a clock that never goes back, and somebody who only watches until he plays. */
class Model extends TestRoom {
  readonly asked: Command[] = [];

  override ask(command: Command) {
    this.asked.push(command);
    const wall = this.now;
    this.now = Math.max(wall, this.room.lastAt);
    try {
      return super.ask(command);
    } finally {
      this.now = wall;
      if (this.room.players.some(({ userId }) => userId === SUE.userId)) this.spectators.delete(SUE.userId);
    }
  }
}

onEveryPostgres((databases) => {
  let stores: Stores;
  let others: Stores;
  let asked = 0;
  beforeAll(async () => {
    stores = others = new Stores(await databases.connect());
  });

  /** The same command, through rows. */
  async function ask({ room: { id } }: Model, command: Command): Promise<RoomEvent[] | Refusal> {
    // Two processes that remember what they last knew of a room.
    asked += 1;
    try {
      return await [stores, others][asked % 3 === 0 ? 1 : 0]!.ask(id, command);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  async function expectSame(model: Model): Promise<void> {
    const { room, log, standing } = model;
    const found = await stores.rooms.get(room.id);
    expect(found.room).toEqual(room);
    expect(found.standing).toEqual(standing);
    expect(await stores.db.transaction((tx) => lockRoom(tx, room.id))).toEqual(found);
    expect(leaderboardFor(found.room, 'referee')).toEqual(leaderboardFor(room, 'referee'));

    const events = await stores.rooms.eventsAfter(room.id, 0);
    expect(events).toEqual(log);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.reduce(evolve, unopened(room.id))).toEqual(found.room);

    const { seq, dueAt: due, lastAt } = await stores.db.manager.findOneByOrFail(RoomRow, { id: room.id });
    expect({ seq, due, lastAt }).toEqual({ seq: log.length, due: dueAt(room), lastAt: log.at(-1)!.at });

    const held = await stores.query<{ userId: string }>(
      `SELECT user_id AS "userId" FROM participants
        WHERE room_id = $1 AND seat IS NOT NULL AND released_at IS NULL ORDER BY seat`,
      [room.id],
    );
    const holds = ['lobby', 'countdown', 'running'].includes(phaseOf(room));
    expect(held).toEqual(holds ? room.players.map(({ userId }) => ({ userId })) : []);

    const owed = await stores.query<{ id: string }>('SELECT id FROM submissions WHERE due_at IS NOT NULL ORDER BY id');
    const pending = room.submissions.filter(({ verdict }) => verdict === 'PENDING');
    expect(owed.map(({ id }) => id)).toEqual(pending.map(({ submissionId }) => submissionId).toSorted());
  }

  async function follow({ settings, steps }: Story): Promise<Model> {
    await stores.empty();
    // What a process remembers of rooms it does not remember of other databases.
    [stores, others] = [new Stores(stores.db), new Stores(stores.db)];
    await stores.people(ANN, BEN, CAT, DAN, SUE);
    await stores.pickedProblems();
    const model = new Model(settings);
    for (const { clock } of [stores, others]) clock.stopAt(model.now);
    const [opened] = model.batches;
    await stores.rooms.open({ id: model.room.id, passwordHash: null, happenings: opened! });
    await stores.rooms.addSpectator(model.room, SUE);
    await expectSame(model);
    for (const step of steps) {
      const { length } = model.log;
      const answer = take(model, step);
      for (const { clock } of [stores, others]) clock.stopAt(model.now);
      const command = model.asked.pop();
      if (!command) continue;
      const written = await ask(model, command);
      if (answer instanceof Refusal) expect(written).toMatchObject({ code: answer.code });
      else expect(written).toEqual(model.log.slice(length));
      await expectSame(model);
    }
    return model;
  }

  describe('a room in rows', () => {
    it('is after every step what its log and the rules make of it', async () => {
      await fc.assert(
        fc.asyncProperty(anyStory, async (story) => {
          const { room } = await follow(story);
          const history = await stores.value<number>('SELECT count(*) FROM contest_history');
          expect(history).toBe(isOpen(room) ? room.players.length : 0);
          expect(room.rematchRoomId).toBe(room.rematchRoomId === null ? null : NEXT_ROOM);
        }),
        { numRuns: 30 },
      );
    }, 300_000);

    it('is so also by a clock that jumps to and fro, and its log never goes back in time', async () => {
      const jumps = fc.array(fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }), { minLength: 40, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(anyStory, jumps, async ({ settings, steps }, jump) => {
          const shaken = steps.slice(0, 40).flatMap((one, at): Step[] => [{ do: 'wait', ms: jump[at]! }, one]);
          const { log } = await follow({ settings, steps: shaken });
          expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).toSorted((a, b) => a - b));
        }),
        { numRuns: 10 },
      );
    }, 300_000);

    it('forgets what was picked for a countdown that stopped', async () => {
      const settings: Partial<Settings> = { countdownSeconds: 5 };
      const leave: Step = { do: 'leave', who: BEN };
      const { room } = await follow({ settings, steps: [...starting(settings).slice(0, -2), leave] });
      expect(room).toMatchObject({ startsAt: null, picked: [] });
    });
  });
});
