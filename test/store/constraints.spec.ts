import { randomUUID } from 'node:crypto';
import type { Refusal } from '../../src/contract/refusals';
import type { RoomId, Seat } from '../../src/contract/terms';
import type { Person } from '../../src/core/moves';
import { refuseByConstraint, violated } from '../../src/store/constraints';
import { RejudgeStore } from '../../src/store/rejudge.store';
import { SubmissionRow } from '../../src/store/tables/judging';
import { ParticipantRow } from '../../src/store/tables/rooms';
import { onEveryPostgres } from '../support/database';
import { Stores } from '../support/stores';

onEveryPostgres((databases) => {
  let stores: Stores;
  let host: Person;
  let roomId: RoomId;

  beforeAll(async () => {
    stores = new Stores(await databases.connect());
  });
  beforeEach(async () => {
    host = await stores.person('Host');
    roomId = await stores.open(host, { hostPlays: false });
  });

  const sit = ({ userId, name, guest }: Person, seat: Seat | 3, room = roomId) =>
    stores.db.manager.insert(ParticipantRow, {
      ...{ roomId: room, userId, name, guest, role: 'player', seat: seat as Seat, seenAt: 0 },
    });
  const people = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => stores.person(`P${index}`)));
  const submission = (more: Partial<SubmissionRow> = {}) => ({
    ...{ id: `sub_${randomUUID()}` as const, roomId, userId: host.userId, label: 'A', language: 'cpp', source: 'x' },
    ...{ key: randomUUID(), receivedAt: 1, receivedSeq: 1, dueAt: 1, ...more },
  });
  const insert = (row: ReturnType<typeof submission>) => stores.db.manager.insert(SubmissionRow, row);

  /** Which constraints broke, and how many attempts went through. */
  async function outcome(attempts: readonly Promise<unknown>[]) {
    const settled = await Promise.allSettled(attempts);
    const broken = settled.flatMap((one) => (one.status === 'rejected' ? [violated(one.reason)] : []));
    return { done: settled.length - broken.length, broken: [...new Set(broken)] };
  }

  describe('whatever runs at once', () => {
    it('a seat has one player', async () => {
      const many = await people(20);
      const attempts = many.map((one, index) => sit(one, index % 2 === 0 ? 1 : 2));
      expect(await outcome(attempts)).toEqual({ done: 2, broken: ['participants_seat'] });
    });

    it('there is no third seat', async () => {
      const [one] = await people(1);
      expect(await outcome([sit(one!, 3)])).toEqual({ done: 0, broken: ['participants_seat_number'] });
    });

    it('a user has one place in a room', async () => {
      const [one] = await people(1);
      const attempts = Array.from({ length: 10 }, (_, index) => sit(one!, index % 2 === 0 ? 1 : 2));
      const { done, broken } = await outcome(attempts);
      expect(done).toBe(1);
      for (const name of broken)
        expect(['participants_pkey', 'participants_seat', 'one_live_room_per_player']).toContain(name);
    });

    it('a player has one live room', async () => {
      const [one] = await people(1);
      const hosts = await people(10);
      const rooms = await Promise.all(hosts.map((each) => stores.open(each, { hostPlays: false })));
      const attempts = rooms.map((room) => sit(one!, 1, room));
      expect(await outcome(attempts)).toEqual({ done: 1, broken: ['one_live_room_per_player'] });
    });

    it('whoever sits is a player', async () => {
      const [one] = await people(1);
      await sit(one!, 1);
      const demote = stores.query(`UPDATE participants SET role = 'spectator' WHERE user_id = $1`, [one!.userId]);
      expect(await outcome([demote])).toEqual({ done: 0, broken: ['participants_player'] });
    });

    it('a key is used once', async () => {
      const key = randomUUID();
      const attempts = Array.from({ length: 10 }, () => insert(submission({ key })));
      expect(await outcome(attempts)).toEqual({ done: 1, broken: ['submissions_key'] });
    });

    it('a submission has a verdict or is owed one', async () => {
      expect(await outcome([insert(submission({ dueAt: null }))])).toEqual({ done: 0, broken: ['submissions_owed'] });
      const rejudged = insert(submission({ dueAt: 1, verdict: 'AC' }));
      const judged = insert(submission({ dueAt: null, verdict: 'JE' }));
      expect(await outcome([rejudged, judged])).toEqual({ done: 2, broken: [] });
    });

    it('a verdict is one of the contract', async () => {
      const attempt = insert(submission({ verdict: 'PENDING' as 'AC' }));
      expect(await outcome([attempt])).toEqual({ done: 0, broken: ['submissions_verdict'] });
    });

    it('a contest ends after its start, and is final after its end', async () => {
      const moments = (set: string) => stores.query(`UPDATE rooms SET ${set} WHERE id = $1`, [roomId]);
      const backward = [moments('started_at = 2, ends_at = 2'), moments('ended_at = 3, finalized_at = 2')];
      expect(await outcome(backward)).toEqual({ done: 0, broken: ['rooms_moments'] });
    });
  });

  describe('through the door', () => {
    const codes = (settled: readonly PromiseSettledResult<unknown>[]) =>
      settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Refusal).code] : []));

    it('of fifty who join at once two sit, and the others are told that the room is full', async () => {
      const many = await people(50);
      const settled = await Promise.allSettled(many.map((person) => stores.ask(roomId, { do: 'join', person })));
      expect(codes(settled)).toEqual(Array<string>(48).fill('room.full'));
      expect((await stores.rooms.get(roomId)).room.players.map(({ seat }) => seat)).toEqual([1, 2]);
    });

    it('whoever joins ten rooms at once is in one, and the others show no trace of him', async () => {
      const [person] = await people(1);
      const rooms = await Promise.all((await people(10)).map((each) => stores.open(each, { hostPlays: false })));
      const settled = await Promise.allSettled(rooms.map((id) => stores.ask(id, { do: 'join', person: person! })));
      expect(codes(settled)).toEqual(Array<string>(9).fill('player.already-in-a-room'));
      const found = await Promise.all(rooms.map((id) => stores.rooms.get(id)));
      expect(found.map(({ room: { seq, players } }) => [seq, players.length]).toSorted()).toEqual([
        ...Array<number[]>(9).fill([1, 0]),
        [2, 1],
      ]);
    });

    it('whoever opens ten rooms at once has one', async () => {
      const [person] = await people(1);
      const settled = await Promise.allSettled(Array.from({ length: 10 }, () => stores.open(person!)));
      expect(codes(settled)).toEqual(Array<string>(9).fill('player.already-in-a-room'));
      expect(await stores.value('SELECT count(*) FROM rooms WHERE host_id = $1', [person!.userId])).toBe(1);
    });

    it('whoever sits and asks to watch keeps his seat, and who was kicked stays out', async () => {
      const [one, two] = await people(2);
      await stores.ask(roomId, { do: 'join', person: one! });
      await stores.ask(roomId, { do: 'join', person: two! });
      await stores.ask(roomId, { do: 'kick', by: host.userId, userId: two!.userId });
      const before = await stores.rooms.get(roomId);
      for (const person of [one!, two!]) await stores.rooms.addSpectator(before.room, person);
      expect(await stores.rooms.get(roomId)).toEqual(before);
    });
  });

  it('an error that states no rule stays an error', () => {
    const fault = new Error('something else');
    expect(() => refuseByConstraint(fault)).toThrow(fault);
    expect(violated(fault)).toBeNull();
  });

  it('a problem deleted a moment ago is judged again by nobody', async () => {
    const rejudges = new RejudgeStore(stores.db, stores.clock);
    const by = { startedBy: host.userId, reason: 'a wrong test' };
    const begun = rejudges.transaction((tx) => rejudges.begin(tx, 'rejudge_1', { slug: 'gone' }, by, 10));
    await expect(begun).rejects.toMatchObject({ code: 'problem.not-found' });
  });
});
