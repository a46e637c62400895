import { SchedulerRegistry } from '@nestjs/schedule';
import { REFUSALS, type RefusalCode } from '../../src/contract/refusals';
import { ROUTES } from '../../src/contract/routes';
import { REQUESTS, type RequestName } from '../../src/contract/socket';
import type { Phase } from '../../src/core/room';
import { passersBy, PHASES, sceneIn } from '../support/cast';
import type { Asked, Known, Scene } from '../support/cast';
import { keepRows } from '../support/kept-rows';
import { ask, type Player } from '../support/player';
import { submission, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { TravelClock } from '../support/travel-clock';
import { expected, IN_ROOMS, OUTSIDE_OF_ROOMS, WORDS } from '../support/who-may';

/*
 * Every route and every request of a socket, asked by everybody who could ask, in every phase of a room.
 * A route that is not in the tables of support/who-may.ts fails.
 */

const isRequest = (name: string): name is RequestName => name in REQUESTS;

/** What is asked with, where a body is needed. */
const BODIES: Readonly<Record<string, (asked: Asked, who: Player | undefined) => object>> = {
  'POST /api/auth/guest': () => ({ name: 'Somebody' }),
  'POST /api/rooms/join': ({ code }) => ({ code }),
  'POST /api/rooms/:roomId/ready': () => ({ ready: false }),
  'POST /api/rooms/:roomId/kick': ({ opponentId: userId }) => ({ userId }),
  'POST /api/rooms/:roomId/extend': () => ({ minutes: 5 }),
  'POST /api/rooms/:roomId/rematch': () => ({ answer: 'offer' }),
  'POST /api/rooms/:roomId/submissions': () => submission(SUM),
  'POST /api/rooms/:roomId/trials': () => ({ problem: 'A', language: 'python', source: SUM }),
  'room:watch': ({ roomId }) => ({ roomId }),
  'room:unwatch': ({ roomId }) => ({ roomId }),
  'session:renew': (_, who) => ({ token: who!.token }),
};

let server: TestServer;
let others: ReadonlyMap<Known, Player>;
const scenes = new Map<Phase, Scene>();
let restore: () => Promise<void>;
let events: number;
beforeAll(async () => {
  const clock = new TravelClock(Date.now());
  // Nothing is judged, and time stands still: every room stays in its phase.
  server = await startServer({
    change: (world) => ({ ...world, clock, judge: null, config: { ...world.config, ROLE: 'api' } }),
  });
  const scheduler = server.app.get(SchedulerRegistry);
  for (const name of scheduler.getIntervals()) scheduler.deleteInterval(name);
  others = await passersBy(server);
  for (const phase of PHASES) scenes.set(phase, await sceneIn(server, others, phase));
  restore = await keepRows(server.world.db);
  events = await logged();
});
afterAll(() => server.close());

const logged = async () =>
  (await server.world.db.query('SELECT count(*) AS events FROM room_events'))[0].events as number;

/** Asks, and says in a word of the tables what came of it. What was let in is undone; what was refused has not happened. */
async function outcome(name: string, asked: Asked, who: Player | undefined): Promise<string> {
  const code = isRequest(name) ? await overSocket(name, asked, who!) : await overHttp(name, asked, who);
  if (code === 'ok' && !name.startsWith('GET')) await restore();
  else expect({ name, code, events: await logged() }).toEqual({ name, code, events });
  return Object.entries(WORDS).find(([, meaning]) => meaning === code)?.[0] ?? code;
}

async function overHttp(name: string, asked: Asked, who: Player | undefined): Promise<string> {
  const [method, path] = name.split(' ') as [string, string];
  const things: Readonly<Record<string, string>> = {
    ...asked,
    slug: 'a-plus-b',
    userId: asked.opponentId,
    sessionId: 'sess_none',
  };
  const stop = new AbortController();
  const answer = await fetch(server.url + path.replace(/:(\w+)/g, (_, thing: string) => things[thing]!), {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(who && { authorization: `Bearer ${who.token}` }) },
    ...(method !== 'GET' && { body: JSON.stringify(BODIES[name]?.(asked, who) ?? {}) }),
    signal: stop.signal,
  });
  const text = path.endsWith('/stream') && answer.status === 200 ? '' : await answer.text();
  stop.abort();
  if (answer.status < 400) return 'ok';
  const { error } = JSON.parse(text) as { error: { code: RefusalCode } };
  expect(answer.status).toBe(REFUSALS[error.code].status);
  return error.code;
}

const sockets = new Map<Player, ReturnType<Player['connect']>>();
async function overSocket(name: RequestName, asked: Asked, who: Player): Promise<string> {
  const socket = sockets.get(who) ?? who.connect();
  sockets.set(who, socket);
  const answer = await ask(socket, name, BODIES[name]?.(asked, who) ?? {});
  if (name === 'room:watch') await ask(socket, 'room:unwatch', { roomId: asked.roomId });
  return answer.ok ? 'ok' : answer.error.code;
}

it('has a line for every route and every request, and for none that is not there', () => {
  expect([...OUTSIDE_OF_ROOMS, ...IN_ROOMS].sort()).toEqual([...Object.keys(ROUTES), ...Object.keys(REQUESTS)].sort());
});

it('lets nobody connect a socket who has not signed in, or is banned', async () => {
  const stranger = others.get('guest')!;
  for (const [auth, code] of [
    [{}, 'auth.required'],
    [{ token: others.get('banned')!.token }, 'auth.banned'],
  ] as const) {
    const socket = stranger.connect(auth, { reconnection: false });
    const error = await new Promise<Error & { data?: unknown }>((resolve) => {
      socket.on('connect_error', (refused) => resolve(refused));
    });
    expect(error.data).toEqual({ code });
  }
});

const SHUT_OUT = ['signin', 'banned', 'forbidden'];

/** Everything by everybody; the lines of what came out otherwise than expected. */
async function differences(names: readonly string[], people: ReadonlyMap<Known, Player>, scene: Scene, phase: Phase) {
  const wrong: string[] = [];
  for (const name of names)
    for (const who of [...people.keys(), 'anonymous'] as const) {
      if (isRequest(name) && (who === 'anonymous' || who === 'banned')) continue;
      const known = who === 'anonymous' ? undefined : who;
      const met = await outcome(name, scene.about(known), known && people.get(known));
      const word = expected(name, who, phase);
      if (word === 'in' ? SHUT_OUT.includes(met) : met !== word) wrong.push(`${name} by ${who}: ${met}, not ${word}`);
    }
  return wrong;
}

it('outside of rooms lets in as the table says', async () => {
  expect(await differences(OUTSIDE_OF_ROOMS, others, scenes.get('lobby')!, 'lobby')).toEqual([]);
});

it.each(PHASES)('in a room in its phase %s lets in as the table says, and else changes nothing', async (phase) => {
  const scene = scenes.get(phase)!;
  expect(await differences(IN_ROOMS, scene.people, scene, phase)).toEqual([]);
});
