import { RawSocket } from '../../support/raw-socket';
import type { Cases, Stage } from '../case';

const HELLO = 'EIO=4&transport=websocket';

/** What a handshake with this is refused with; nobody is connected by it. */
async function refusalOf(stage: Stage, auth: unknown): Promise<unknown> {
  const player = await stage.guest('Ann');
  const socket = player.connect(auth as object, { reconnection: false });
  const error = await new Promise<Error & { data?: unknown }>((resolve) => socket.once('connect_error', resolve));
  expect(socket.connected).toBe(false);
  return error.data;
}
const STRANGER = { code: 'auth.required' };

/** Says something before anybody knows who speaks, and is neither let in nor kept. */
async function cutOff({ url }: Stage, frame: string): Promise<void> {
  const raw = (await RawSocket.open(url)).send(frame);
  await raw.closed();
  expect(raw.frames.some((heard) => heard.startsWith('40'))).toBe(false);
}

export const HANDSHAKE: Cases = {
  'WSHS-01': async (stage) => {
    const { cookie } = await stage.guest('Ann');
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${stage.url}.evil.example`])
      expect(await RawSocket.refusal(stage.url, HELLO, { origin, cookie })).toBe(400);
    expect(await RawSocket.refusal(stage.url, HELLO, { origin: stage.url, cookie })).toBe(101);
  },
  'WSHS-02': async (stage) => {
    expect(await refusalOf(stage, {})).toEqual(STRANGER);
    const raw = (await RawSocket.open(stage.url)).send('40');
    const answer = await raw.until((frame) => frame.startsWith('44'));
    expect(JSON.parse(answer.slice(2))).toMatchObject({ data: STRANGER });
    await raw.closed();
  },
  'WSHS-03': async (stage) => {
    const { token } = await stage.guest('Ann');
    for (const forged of ['garbage', `${token}x`, token.split('.').slice(0, 2).join('.'), token.toUpperCase()])
      expect(await refusalOf(stage, { token: forged })).toEqual(STRANGER);
  },
  'WSHS-05': async (stage) => {
    const odd = [7, ['a'], null, { toString: 'x' }, true, 'a'.repeat(10_000)];
    for (const token of odd) expect(await refusalOf(stage, { token })).toEqual(STRANGER);
    expect(await refusalOf(stage, JSON.parse('{"__proto__":{"token":"x","isAdmin":true}}'))).toEqual(STRANGER);
    for (const frame of ['407', '40"x"', '40[1]', '40null', `40{"token":"${'a'.repeat(1_000_000)}"}`])
      await cutOff(stage, frame);
  },
  'WSHS-06': async ({ url }) => {
    for (const query of ['EIO=3', 'EIO=2', 'EIO=5', 'EIO=x', 'EIO=4&EIO=3', 'EIO=3&EIO=4', ''])
      expect(await RawSocket.refusal(url, `${query}&transport=websocket`)).toBe(400);
  },
  'WSHS-07': async ({ url }) => {
    for (const method of ['GET', 'POST'])
      expect((await fetch(`${url}/ws/?EIO=4&transport=polling`, { method })).status).toBe(400);
    expect((await fetch(`${url}/socket.io/?EIO=4&transport=polling`)).status).toBe(404);
  },
  'WSHS-09': async ({ url }) => {
    for (const sid of ['__proto__', 'constructor', 'toString', '1'])
      expect(await RawSocket.refusal(url, `${HELLO}&sid=${sid}`)).toBe(400);
    expect(await RawSocket.refusal(url, 'EIO=4&transport=__proto__')).toBe(400);
  },
  'WSHS-11': async (stage) => {
    for (const frame of ['40/admin,', '40/__proto__,', '40/,']) {
      const raw = (await RawSocket.open(stage.url)).send(frame);
      await raw.until((heard) => heard.startsWith('44'));
      raw.end();
    }
    await cutOff(stage, `40/${'a'.repeat(60_000)},`);
  },
  'WSHS-12': async ({ url }) => {
    const raws = await Promise.all(Array.from({ length: 300 }, () => RawSocket.open(url)));
    await Promise.all(raws.map((raw) => raw.closed()));
  },
  'WSHS-13': async ({ url }) => {
    const headers = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`x-${n}`, 'a'.repeat(32)]));
    expect([400, 431]).toContain(await RawSocket.refusal(url, HELLO, headers));
  },
  'WSHS-14': {
    heldBy: 'test/e2e/crowding.spec.ts',
    as: 'are thirty sockets a user; one more is let in when one has gone',
  },
  'WSHS-16': {
    heldBy: 'test/e2e/rate-limits.spec.ts',
    as: 'is counted for the address too, whatever address the caller claims',
  },
};
