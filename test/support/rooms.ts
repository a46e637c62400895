import { randomUUID } from 'node:crypto';
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
): Promise<{ id: string; code: string }> {
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
