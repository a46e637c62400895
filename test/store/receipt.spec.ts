import { randomUUID } from 'node:crypto';
import { Refusal } from '../../src/contract/refusals';
import type { SubmissionId } from '../../src/contract/terms';
import type { Person } from '../../src/core/moves';
import { evolve, unopened } from '../../src/core/room';
import { onEveryPostgres } from '../support/database';
import { MINUTE } from '../support/room-builder';
import { recordStatements } from '../support/statements';
import { Stores } from '../support/stores';

/** Two processes on one database: what one of them remembers of a room, the other changes. */
onEveryPostgres((databases) => {
  let here: Stores;
  let there: Stores;
  let ann: Person;
  let ben: Person;
  beforeAll(async () => {
    const db = await databases.connect(undefined, 20);
    [here, there] = [new Stores(db), new Stores(db)];
    await here.pickedProblems();
  });
  beforeEach(async () => {
    [ann, ben] = [await here.person('Ann'), await here.person('Ben')];
  });

  const travel = (ms: number) => [here, there].forEach(({ clock }) => clock.stopAt(clock.now() + ms));
  const end = (roomId: `room_${string}`) =>
    there.ask(roomId, { do: 'end', by: ann.userId, gone: new Set([ben.userId]) });

  it('a submission is one statement where nobody else has changed the room', async () => {
    const roomId = await here.duel(ann, ben);
    const statements = recordStatements(here.db);
    await here.submit(roomId, ann.userId);
    await here.submit(roomId, ben.userId);
    expect(statements).toHaveLength(2);
  });

  it('what is remembered accepts nothing that the room as it is refuses', async () => {
    const roomId = await here.duel(ann, ben);
    await here.submit(roomId, ann.userId);
    await end(roomId);
    await expect(here.submit(roomId, ann.userId)).rejects.toMatchObject({ code: 'contest.over' });
    expect(await here.value('SELECT count(*) FROM submissions WHERE room_id = $1', [roomId])).toBe(1);
  });

  it('what is remembered refuses nothing that the room as it is accepts', async () => {
    const roomId = await here.duel(ann, ben, { minutes: 10 });
    await here.submit(roomId, ann.userId);
    travel(9 * MINUTE);
    await there.ask(roomId, { do: 'extend', by: ann.userId, minutes: 10 });
    travel(2 * MINUTE);
    await expect(here.submit(roomId, ann.userId)).resolves.toBeDefined();
  });

  it('what is remembered of a contest does not prolong it', async () => {
    const roomId = await here.duel(ann, ben, { minutes: 10 });
    await here.submit(roomId, ann.userId);
    travel(10 * MINUTE);
    await expect(here.submit(roomId, ann.userId)).rejects.toThrow(Refusal);
    expect(await here.value('SELECT count(*) FROM submissions WHERE room_id = $1', [roomId])).toBe(1);
  });

  it('of many at once, through both, each is kept once and the log is dense', async () => {
    const roomId = await here.duel(ann, ben);
    const keys = Array.from({ length: 30 }, () => randomUUID());
    const sent = keys.flatMap((key, nth) =>
      [here, there].map((stores) => stores.submit(roomId, (nth % 2 ? ann : ben).userId, { key })),
    );
    const settled = await Promise.allSettled(sent);
    const kept = settled.flatMap((one): SubmissionId[] => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    expect(kept).toHaveLength(30);
    for (const error of refused) expect(error).toMatchObject({ code: 'submission.key-reused' });

    const log = await here.rooms.eventsAfter(roomId, 0);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const { room } = await here.rooms.get(roomId);
    expect(log.reduce(evolve, unopened(roomId))).toEqual(room);
    expect(room.submissions.map(({ submissionId }) => submissionId).toSorted()).toEqual(kept.toSorted());
  });
});
