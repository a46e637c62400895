import type { Settings } from '../../../src/contract/shapes';
import type { Player } from '../../support/player';
import type { TestServer } from '../../support/server';

export type RoomSettings = Partial<Settings> & { readonly password?: string | null };

/** A room somebody has opened, over HTTP. */
export interface OpenedRoom {
  readonly id: string;
  readonly code: string;
  readonly host: Player;
}

/** Opens a room without a browser. */
export async function openRoom(host: Player, settings: RoomSettings = {}): Promise<OpenedRoom> {
  const { body, status } = await host.post('/rooms', {
    settings: { password: null, countdownSeconds: 0, ...settings },
  });
  if (status !== 201) throw new Error(`Opening answered ${status}: ${JSON.stringify(body)}`);
  return { id: body.room.id, code: body.room.code, host };
}

/** A duel that runs, between a person at a browser and one who plays over HTTP. */
export async function startDuel(room: OpenedRoom, others: readonly Player[]): Promise<void> {
  for (const player of [room.host, ...others]) await player.post(`/rooms/${room.id}/ready`, { ready: true });
  const { status, body } = await room.host.post(`/rooms/${room.id}/start`);
  if (status !== 204) throw new Error(`Starting answered ${status}: ${JSON.stringify(body)}`);
}

export const SUM = {
  python: 'print(sum(map(int, input().split())))\n',
  wrong: 'a, b = map(int, input().split())\nprint(a - b)\n',
  broken: 'int main( {',
} as const;

export type { TestServer };
