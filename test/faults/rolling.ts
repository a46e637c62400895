import { setTimeout as pause } from 'node:timers/promises';
import type { ChildServer } from '../support/child-server';
import { eventually } from '../support/eventually';
import { Installation, servicesHere } from '../support/shared-services';
import { Duellist, Tally } from './duellist';
import { freePort } from '../support/free-port';
import { startNginx, type Nginx } from './nginx';

const DUELS = 6;
const ROUNDS = 2;
const SUM = 'a, b = map(int, input().split())\nprint(a + b)\n';
const WRONG = 'print(0)\n';
const say = (line: string) => process.stdout.write(`${line}\n`);

/** A process that is started again where it was. */
interface Seat {
  readonly name: string;
  start(): Promise<ChildServer>;
  child: ChildServer;
}

/** Every process of an installation is restarted while people play through nginx: no request fails, no event and no submission is lost. */
export async function rolling(): Promise<boolean> {
  const installation = await Installation.on(servicesHere());
  let nginx: Nginx | null = null;
  try {
    const ports = [await freePort(), await freePort()] as const;
    const starts = {
      'api 1': () => installation.startOne('api', { PORT: String(ports[0]), TRUST_PROXY: '1', LOG_LEVEL: 'warn' }),
      'api 2': () => installation.startOne('api', { PORT: String(ports[1]), TRUST_PROXY: '1', LOG_LEVEL: 'warn' }),
      'judge 1': () => installation.startOne('judge', { LOG_LEVEL: 'warn' }),
      'judge 2': () => installation.startOne('judge', { LOG_LEVEL: 'warn' }),
    };
    const seats = await Promise.all(
      Object.entries(starts).map(async ([name, start]): Promise<Seat> => ({ name, start, child: await start() })),
    );
    nginx = await startNginx(ports);
    say(`2 api, 2 judges and nginx are up; ${DUELS} duels begin`);
    return await playThrough(nginx.url, seats);
  } finally {
    await nginx?.stop();
    await installation.end();
  }
}

async function playThrough(url: string, seats: readonly Seat[]): Promise<boolean> {
  const tally = new Tally();
  const going = new AbortController();
  const duels = await Promise.all(Array.from({ length: DUELS }, (_, index) => beginDuel(url, index, tally)));
  const games = duels.map((duel) => play(duel, going.signal));
  const began = Date.now();
  for (let round = 0; round < ROUNDS; round += 1) for (const seat of seats) await restart(seat);
  const seconds = (Date.now() - began) / 1000;
  going.abort();
  await Promise.all(games);
  const results = await Promise.all(duels.map((duel) => settle(duel)));
  for (const { players } of duels) for (const player of players) player.leave();

  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0);
  const counts = {
    'restarts (each process of 2 api and 2 judges)': `${ROUNDS * seats.length} in ${seconds.toFixed(0)} s`,
    requests: tally.requests,
    'requests that failed': tally.failures.length,
    'submissions accepted': tally.accepted,
    'without a verdict, or with a wrong one': sum(({ lost }) => lost),
    'judged twice': sum(({ twice }) => twice),
    'players with a gap or a repetition in their log': sum(({ gaps }) => gaps),
    'players not at the end of the log after 5 s': sum(({ behind }) => behind),
    'connections that were made again': tally.reconnects,
    'of them answered with a snapshot': tally.snapshots,
    'longest time without the room (ms)': tally.longestAway,
  };
  for (const [what, count] of Object.entries(counts)) say(`  ${what.padEnd(50)} ${count}`);
  for (const failure of tally.failures.slice(0, 20)) say(`  failed: ${failure}`);
  const isHit = tally.reconnects >= ROUNDS * DUELS && tally.accepted > 50;
  if (!isHit) say('  Too little happened to prove anything.');
  return (
    isHit && tally.failures.length === 0 && sum(({ lost, twice, gaps, behind }) => lost + twice + gaps + behind) === 0
  );
}

/** As an operator does: told to stop, waited for, started again, waited for until it is ready. */
async function restart(seat: Seat): Promise<void> {
  await pause(1_000);
  const began = Date.now();
  const code = await seat.child.stop();
  const down = Date.now();
  seat.child = await seat.start();
  say(`  ${seat.name}: drained in ${down - began} ms (exit ${code}), ready again after ${Date.now() - down} ms`);
}

interface Duel {
  readonly roomId: string;
  readonly players: readonly [Duellist, Duellist];
  /** By id, the verdict each must get. */
  readonly owed: Map<string, string>;
}

async function beginDuel(url: string, index: number, tally: Tally): Promise<Duel> {
  const players = [
    await Duellist.signIn(url, `Ann ${index}`, tally),
    await Duellist.signIn(url, `Ben ${index}`, tally),
  ] as const;
  const [ann, ben] = players;
  const settings = { minutes: 30, countdownSeconds: 0, problems: ['a-plus-b'], password: null };
  const { room } = (await ann.ask('POST', '/rooms', { settings })).body;
  await ben.ask('POST', '/rooms/join', { code: room.code });
  for (const player of players) await player.ask('POST', `/rooms/${room.id}/ready`, { ready: true });
  await ann.ask('POST', `/rooms/${room.id}/start`, {});
  for (const player of players) player.follow(room.id);
  return { roomId: room.id, players, owed: new Map() };
}

async function play({ roomId, players, owed }: Duel, signal: AbortSignal): Promise<void> {
  const submitting = async () => {
    for (let turn = 0; !signal.aborted; turn += 1) {
      const isRight = turn % 4 === 3;
      const id = await players[turn % 2]!.submit(roomId, isRight ? SUM : `${WRONG}# ${turn}\n`);
      if (id !== null) owed.set(id, isRight ? 'AC' : 'WA');
      await pause(700);
    }
  };
  const looking = async (player: Duellist) => {
    for (let turn = 0; !signal.aborted; turn += 1) {
      await player.ask('GET', turn % 2 ? `/rooms/${roomId}` : `/rooms/${roomId}/leaderboard`);
      await pause(40);
    }
  };
  await Promise.all([submitting(), ...players.map(looking)]);
}

interface Result {
  readonly lost: number;
  readonly twice: number;
  readonly gaps: number;
  readonly behind: number;
}

async function settle({ roomId, players, owed }: Duel): Promise<Result> {
  const [ann] = players;
  const log = async () =>
    (await ann.ask('GET', `/rooms/${roomId}/events`)).body.events as {
      type: string;
      data?: { submissionId?: string };
    }[];
  const verdicts = async () =>
    (await log()).flatMap(({ type, data }) => (type === 'submission.judged' ? [data!.submissionId!] : []));
  await eventually('all are judged', async () => new Set(await verdicts()).size >= owed.size, {
    ...{ patienceMs: 60_000, paceMs: 500 },
  }).catch(() => false);
  const judged = await verdicts();
  const end = (await log()).length;
  const arrived = await Promise.all(players.map((player) => player.reaches(end)));
  return {
    lost: [...owed].filter(([id, verdict]) => ann.verdictOf(id) !== verdict).length,
    twice: judged.length - new Set(judged).size,
    gaps: players.filter(({ hasGap }) => hasGap).length,
    behind: arrived.filter((is) => !is).length,
  };
}
