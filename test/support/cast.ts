import { randomUUID } from 'node:crypto';
import type { RoomId, SubmissionId } from '../../src/contract/terms';
import type { Phase } from '../../src/core/room';
import { RoomService } from '../../src/rooms/room.service';
import type { Player } from './player';
import { expectDone, submission, submit, SUM } from './rooms';
import type { TestServer } from './server';

/** Everybody who can ask for something, by what he is in the room he asks about. */
export const OUTSIDERS = ['guest', 'setter', 'former', 'kicked'] as const;
export const STAFF = ['judge', 'admin'] as const;
export const INSIDERS = ['host', 'opponent', 'referee', 'spectator'] as const;
export type Known = (typeof OUTSIDERS)[number] | (typeof STAFF)[number] | (typeof INSIDERS)[number] | 'banned';

export const PHASES: readonly Phase[] = ['lobby', 'countdown', 'running', 'judging', 'final', 'cancelled'];

/** What somebody asks about: a room, and what the player on its second seat has handed in. */
export interface Asked {
  readonly roomId: RoomId;
  readonly code: string;
  readonly opponentId: string;
  readonly submissionId: string;
  readonly trialId: string;
}

/** A room in some phase, with a host who plays, and its twin with one who only referees. */
export interface Scene {
  readonly people: ReadonlyMap<Known, Player>;
  about(who: Known | undefined): Asked;
}

/** Those who are the same in all scenes: for a server nobody else has asked anything of. */
export async function passersBy(server: TestServer): Promise<ReadonlyMap<Known, Player>> {
  const { db } = server.world;
  const people = new Map<Known, Player>();
  for (const who of [...OUTSIDERS, ...STAFF, 'spectator', 'banned'] as const) {
    const player = await server.guest(who);
    people.set(who, player);
    if (['setter', 'judge', 'admin'].includes(who))
      await db.query('UPDATE users SET role = $2 WHERE id = $1', [player.id, who]);
    if (who === 'banned') await db.query('UPDATE users SET banned_at = 1 WHERE id = $1', [player.id]);
  }
  return people;
}

export async function sceneIn(server: TestServer, others: ReadonlyMap<Known, Player>, phase: Phase): Promise<Scene> {
  const [host, opponent, referee, left, right] = await Promise.all(
    ['host', 'opponent', 'referee', 'left', 'right'].map((name) => server.guest(name)),
  );
  const people = new Map<Known, Player>([...others, ['host', host!], ['opponent', opponent!], ['referee', referee!]]);
  const room = await openRoom(others, host!, [opponent!], phase);
  const refereed = await openRoom(others, referee!, [left!, right!], phase);
  const asked = await bring(server, phase, room, host!, [host!, opponent!]);
  const askedOfReferee = await bring(server, phase, refereed, referee!, [left!, right!]);
  return { people, about: (who) => (who === 'referee' ? askedOfReferee : asked) };
}

async function openRoom(others: ReadonlyMap<Known, Player>, host: Player, joining: readonly Player[], phase: Phase) {
  const fixed = { problems: ['a-plus-b'], password: null, spectators: true, onGone: 'claim', minutes: 60 };
  const countdownSeconds = phase === 'countdown' ? 30 : 0;
  const settings = { ...fixed, countdownSeconds, hostPlays: joining.length === 1 };
  const { room } = (await host.post('/rooms', { settings })).body;
  const join = async (player: Player, as = 'player') =>
    expect((await player.post('/rooms/join', { code: room.code, as })).status).toBe(200);
  await join(others.get('former')!);
  await expectDone(others.get('former')!.post(`/rooms/${room.id}/leave`));
  await join(others.get('kicked')!);
  await expectDone(host.post(`/rooms/${room.id}/kick`, { userId: others.get('kicked')!.id }));
  await join(others.get('spectator')!, 'spectator');
  for (const player of joining) await join(player);
  return room as { id: RoomId; code: string };
}

/** Brings a room to its phase. What is handed in on the way the second player hands in; where nothing is, ids are of nothing. */
async function bring(
  server: TestServer,
  phase: Phase,
  { id: roomId, code }: { id: RoomId; code: string },
  host: Player,
  players: readonly Player[],
): Promise<Asked> {
  const author = players[1]!;
  const asked = { roomId, code, opponentId: author.id };
  const none = { ...asked, submissionId: `sub_${randomUUID()}`, trialId: `trial_${randomUUID()}` };
  for (const player of players) await expectDone(player.post(`/rooms/${roomId}/ready`, { ready: true }));
  if (phase === 'cancelled') await expectDone(host.post(`/rooms/${roomId}/cancel`));
  if (phase === 'lobby' || phase === 'cancelled') return none;
  await expectDone(host.post(`/rooms/${roomId}/start`));
  if (phase === 'countdown') return none;
  const submissionId = await submit(author, roomId, SUM);
  const { key: _, ...trial } = submission(SUM);
  const { trialId } = (await author.post(`/rooms/${roomId}/trials`, trial)).body;
  if (phase !== 'running') for (const player of new Set([host, author])) await player.post(`/rooms/${roomId}/end`);
  const verdict = { do: 'judge', submissionId: submissionId as SubmissionId, verdict: 'AC' } as const;
  if (phase === 'final') await server.app.get(RoomService).dispatch(roomId, verdict);
  return { ...asked, submissionId, trialId };
}
