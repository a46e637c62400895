import { randomUUID } from 'node:crypto';
import { REFUSALS, type RefusalCode } from '../../src/contract/refusals';
import type { Player, Reply } from './player';

/** Opens a room and has the second player join it. */
export async function openFor(
  host: Player,
  guest: Player,
  settings: object = {},
): Promise<{ id: string; code: string; password?: string }> {
  const { status, body } = await host.post('/rooms', { settings: { minutes: 10, countdownSeconds: 0, ...settings } });
  if (status !== 201) throw new Error(`Opening answered ${status}: ${JSON.stringify(body)}`);
  const { room, password } = body;
  const joined = await guest.post('/rooms/join', { code: room.code, password });
  if (joined.status !== 200) throw new Error(`Joining answered ${joined.status}: ${JSON.stringify(joined.body)}`);
  return { id: room.id, code: room.code, password };
}

/** Opens a room for two players and starts its contest. */
export async function startFor(
  host: Player,
  guest: Player,
  settings: object = {},
): Promise<{ id: string; code: string; password?: string }> {
  const room = await openFor(host, guest, { problems: ['a-plus-b'], ...settings });
  for (const player of [host, guest]) await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
  await expectDone(host.post(`/rooms/${room.id}/start`));
  return room;
}

export async function expectDone(reply: Promise<Reply>): Promise<void> {
  const { status, body } = await reply;
  expect({ status, body }).toEqual({ status: 204, body: null });
}

export const SUM = 'a, b = map(int, input().split())\nprint(a + b)\n';

export const submission = (source: string, more: object = {}) => ({
  problem: 'A',
  language: 'python',
  source,
  key: randomUUID(),
  ...more,
});

/** That a request is refused with this code; the answer, for whoever wants to see more of it. */
export async function expectRefused(reply: Promise<Reply>, code: RefusalCode): Promise<Reply> {
  const answer = await reply;
  const { status, body } = answer;
  expect({ status, code: body?.error?.code }).toEqual({ status: REFUSALS[code].status, code });
  expect(body.error).toMatchObject({ message: REFUSALS[code].says, requestId: expect.any(String) });
  return answer;
}

/** How often each thing came out: `{ 'room.full': 48, 200: 2 }`. */
export function tally(replies: readonly Reply[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const name = String(body?.error?.code ?? status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Does something many times at once. */
export const atOnce = <T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));

/** The room as this player sees it. */
export const roomOf = async (player: Player, roomId: string) => (await player.get(`/rooms/${roomId}`)).body.room;

/** Submits, and hands back the id of what was accepted. */
export async function submit(player: Player, roomId: string, source: string, more: object = {}): Promise<string> {
  const { status, body } = await player.post(`/rooms/${roomId}/submissions`, submission(source, more));
  if (status !== 202) throw new Error(`Submitting answered ${status}: ${JSON.stringify(body)}`);
  return body.submissionId;
}
