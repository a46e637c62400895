import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { inParallel } from './statistics';

export interface Person {
  readonly id: string;
  readonly token: string;
}
export interface Duel {
  readonly roomId: string;
  readonly players: readonly [Person, Person];
}
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

const WIDTH = 16;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One request over a kept connection. */
export function call(url: string, method: string, path: string, token?: string, body?: object): Promise<Answer> {
  const text = body && JSON.stringify(body);
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api${path}`, { method, headers, agent }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(pieces).toString();
        resolve({ status: response.statusCode!, body: answer === '' ? null : JSON.parse(answer) });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    body: unknown,
  ) {
    super(`Answered ${status}: ${JSON.stringify(body)}`);
  }
}

/** @throws {Refused} */
export async function good(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Refused(status, body);
  return body;
}

export async function signIn(url: string, name: string): Promise<Person> {
  const { accessToken, user } = await good(call(url, 'POST', '/auth/guest', undefined, { name }));
  return { id: user.id, token: accessToken };
}

/** Rooms in which two guests sit. They have no password: hashing one is slow on purpose. */
export function lobbies(url: string, count: number, settings: object = {}): Promise<Duel[]> {
  return inParallel(Array.from({ length: count }), WIDTH, async (_, index): Promise<Duel> => {
    const players: [Person, Person] = [await signIn(url, `Ann ${index}`), await signIn(url, `Ben ${index}`)];
    const own = { minutes: 60, countdownSeconds: 0, problems: ['a-plus-b'], password: null, ...settings };
    const { room } = await good(call(url, 'POST', '/rooms', players[0].token, { settings: own }));
    await good(call(url, 'POST', '/rooms/join', players[1].token, { code: room.code }));
    return { roomId: room.id, players };
  });
}

/** Rooms whose contest runs. */
export async function duels(url: string, count: number, settings: object = {}): Promise<Duel[]> {
  const opened = await lobbies(url, count, settings);
  await inParallel(opened, WIDTH, async ({ roomId, players }) => {
    for (const { token } of players) await good(call(url, 'POST', `/rooms/${roomId}/ready`, token, { ready: true }));
    await good(call(url, 'POST', `/rooms/${roomId}/start`, players[0].token));
  });
  return opened;
}

export const SUM = 'print(sum(map(int, input().split())))';

export const submission = (source = SUM, language = 'python') => ({
  problem: 'A',
  language,
  source,
  key: randomUUID(),
});
