import type { RoomEvent } from '../../src/contract/events';
import type { Player, Reply } from '../support/player';
import { atOnce, submission } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { eventually } from '../support/eventually';

const judge = new ToldJudge();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});

const SEED = Number(process.env['STORM_SEED'] ?? 7);
const PEOPLE = 6;
const STEPS = 70;

/** Numbers from 0 to below 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

interface Known {
  readonly id: string;
  readonly code: string;
}

/** The last room that was opened, and where each has been last. */
interface Rooms {
  last: Known;
  readonly of: Map<Player, Known>;
}

/** Something that somebody might ask of some room at any time. */
function anything(random: () => number, player: Player, rooms: Rooms, people: readonly Player[]): Promise<Reply> {
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const room = random() < 0.7 ? rooms.of.get(player)! : rooms.last;
  const at = (move: string, body: object = {}) => player.post(`/rooms/${room.id}/${move}`, body);
  const settings = {
    ...{ password: null, countdownSeconds: 0, spectators: true, minutes: 10 },
    hostPlays: random() < 0.8,
  };
  const moves: (() => Promise<Reply>)[] = [
    () => player.post('/rooms', { settings }),
    ...Array.from({ length: 4 }, () => () => player.post('/rooms/join', { code: room.code })),
    () => player.post('/rooms/join', { code: room.code, as: 'spectator' }),
    ...Array.from({ length: 8 }, () => () => at('ready', { ready: random() < 0.97 })),
    ...Array.from({ length: 8 }, () => () => at('start')),
    ...Array.from({ length: 4 }, () => () => at('submissions', submission(one(['AC', 'WA', 'CE', 'BROKEN'])))),
    () => at('submissions', { ...submission('WA'), key: one(['same', 'again']) }),
    ...['end', 'end', 'resign', 'claim', 'reveal'].map((move) => () => at(move)),
    // What ends a lobby is rare, or no contest would ever begin.
    () => (random() < 0.2 ? at(one(['leave', 'cancel'])) : at('end')),
    () => (random() < 0.1 ? at('kick', { userId: one(people).id }) : at('resign')),
    () => at('extend', { minutes: 1 }),
    ...['offer', 'offer', 'accept', 'withdraw', 'decline'].map((answer) => () => at('rematch', { answer })),
    () => player.get(`/rooms/${room.id}`),
    () => player.get(`/rooms/${room.id}/events`),
  ];
  return one(moves)();
}

describe('whatever is asked at once', () => {
  it(`is answered by the rules, and never breaks them (seed ${SEED})`, async () => {
    const people = await atOnce(PEOPLE, (index) => server.guest(`Guest ${index}`));
    const { room: first } = (await people[0]!.post('/rooms', { settings: { password: null } })).body;
    const rooms: Rooms = { last: first, of: new Map(people.map((player) => [player, first])) };
    const learn = (player: Player, reply: Reply) => {
      const found = reply.body?.room as Known | undefined;
      if (found && reply.status === 201) rooms.last = found;
      if (found) rooms.of.set(player, found);
      return reply;
    };
    const replies = await Promise.all(
      people.flatMap((player, index) =>
        [0, 1].map(async (tab) => {
          const random = dice(SEED * 100 + index * 2 + tab);
          const seen: Reply[] = [];
          for (let step = 0; step < STEPS; step += 1)
            seen.push(learn(player, await anything(random, player, rooms, people)));
          return seen;
        }),
      ),
    );
    const faults = replies.flat().filter(({ status }) => status >= 500);
    expect(faults.map(({ body }) => body)).toEqual([]);
    await eventually('nothing is owed', async () => {
      const [owed] = await server.world.db.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM submissions WHERE verdict IS NULL',
      );
      return owed!.count === 0;
    });
    await expectSound();
  });
});

/** What must be so of every room, whatever has happened. */
async function expectSound(): Promise<void> {
  const ask = <T>(sql: string) => server.world.db.query<T[]>(sql);
  const events = await ask<Pick<RoomEvent, 'roomId' | 'seq' | 'type' | 'at'>>(
    'SELECT room_id AS "roomId", seq, type, at FROM room_events ORDER BY room_id, seq',
  );
  for (const room of new Set(events.map(({ roomId }) => roomId))) {
    const log = events.filter(({ roomId }) => roomId === room);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.map(({ at }) => at)).toEqual(log.map(({ at }) => at).toSorted((a, b) => a - b));
    for (const once of ['contest.started', 'contest.ended', 'contest.finalized', 'room.cancelled', 'rematch.accepted'])
      expect(log.filter(({ type }) => type === once).length).toBeLessThanOrEqual(1);
    const ended = log.findIndex(({ type }) => type === 'contest.ended');
    const after = ended === -1 ? [] : log.slice(ended).map(({ type }) => type);
    expect(after).not.toContain('submission.received');
  }
  // A storm in which nothing happened shows nothing. How far a room gets is chance: requests race each other.
  expect(events.length).toBeGreaterThan(5);
  const twice = await ask(
    'SELECT user_id FROM participants WHERE seat IS NOT NULL AND released_at IS NULL GROUP BY user_id HAVING count(*) > 1',
  );
  const three = await ask(
    'SELECT room_id FROM participants WHERE seat IS NOT NULL GROUP BY room_id HAVING count(*) > 2',
  );
  const unequal = await ask(
    `SELECT id FROM rooms WHERE (finalized_at IS NOT NULL) <> (SELECT count(*) = 2 FROM contest_history WHERE room_id = rooms.id)`,
  );
  const unfinal = await ask(
    `SELECT id FROM rooms WHERE ended_at IS NOT NULL AND finalized_at IS NULL
      AND NOT EXISTS (SELECT FROM submissions WHERE room_id = rooms.id AND verdict = 'JE')`,
  );
  const unlogged = await ask(
    `SELECT id FROM submissions s WHERE NOT EXISTS (SELECT FROM room_events e WHERE e.room_id = s.room_id
      AND e.seq = s.received_seq AND e.type = 'submission.received' AND e.data->>'submissionId' = s.id)`,
  );
  expect({ twice, three, unequal, unfinal, unlogged }).toEqual({
    ...{ twice: [], three: [], unequal: [], unfinal: [], unlogged: [] },
  });
}
