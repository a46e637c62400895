import { setTimeout as pause } from 'node:timers/promises';
import { playDuel } from '../../demo/duel';
import { PROGRAMS } from '../../demo/programs';
import { Story, type Line } from '../../demo/story';
import { Player, request, type WireEvent } from '../support/player';
import { Program, type Place, type Running } from '../support/program';
import { expectDone, startFor, submission, SUM } from '../support/rooms';

let program: Program;
let place: Place;
let server: Running;
beforeAll(async () => {
  program = Program.build();
  place = await program.place();
  server = await program.start(place);
}, 180_000);
afterAll(() => program.remove());

async function killAndRestart(): Promise<void> {
  await server.end('SIGKILL');
  server = await program.start(place);
}

const guests = async () => [await Player.signIn(server.url, 'Ann'), await Player.signIn(server.url, 'Ben')] as const;

/** Less than a judge's claim holds: nobody waits for the claim of a judge that is gone. */
const PATIENCE_MS = 30_000;

/** The room's log once it holds what must come. */
async function logOf(player: Player, roomId: string, isThere: (events: WireEvent[]) => boolean): Promise<WireEvent[]> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { events } = (await player.get(`/rooms/${roomId}/events`)).body;
    if (isThere(events)) return events;
    await pause(50);
  }
  throw new Error('The log did not come to hold what it must');
}

const ofType = (events: readonly WireEvent[], type: WireEvent['type']) => events.filter((one) => one.type === type);
const isFinal = (events: readonly WireEvent[]) => ofType(events, 'contest.finalized').length > 0;
const isDense = (events: readonly WireEvent[]) => events.every(({ seq }, index) => seq === index + 1);

describe('a server that is started', () => {
  it('prints one line with its address and is ready from then on', async () => {
    expect(server.said.out).toBe(`Joust is ready at ${server.url}\n`);
    const { status, body } = await request(server.url, 'GET', '/readyz');
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});

describe('a server that is killed with kill -9', () => {
  it('in the middle of a duel: it goes on where it was, for both, and the board is right', async () => {
    const told: Line[] = [];
    const restarts: Promise<void>[] = [];
    const story = new Story((line) => {
      told.push(line);
      // Ann's wrong answer is known, and the judge works on Ben's program.
      if (line.says === 'submits A in cpp' && restarts.length === 0) restarts.push(killAndRestart());
    });
    const wrong = await playDuel(server.url, 1, story);
    await Promise.all(restarts);
    expect(wrong).toEqual([]);
    for (const name of ['Ann', 'Ben']) {
      const says = told.flatMap(({ who, says }) => (who === name ? [says] : []));
      expect(says).toContain('finds the server away, and goes on trying');
      expect(says.join('\n')).toMatch(/is back after [\d.]+ s, \d+ events? replayed$/m);
    }
  }, 180_000);

  it('between the 202 and the verdicts: every accepted submission is judged, and judged once', async () => {
    const [ann, ben] = await guests();
    const room = await startFor(ann, ben);
    const sent = [...Array(12).keys()].map(async (index) => {
      const player = index % 2 === 0 ? ann : ben;
      // Compilers take their time: the last of these are in hand, or wait, when the server is killed.
      const body =
        index < 6
          ? submission(`print(${index})`)
          : submission(`${PROGRAMS.sumInCpp.source}// ${index}\n`, { language: 'cpp' });
      const reply = await player.post(`/rooms/${room.id}/submissions`, body);
      return { player, body, reply };
    });
    const accepted = await Promise.all(sent);
    expect(accepted.map(({ reply }) => reply.status)).toEqual(accepted.map(() => 202));
    await killAndRestart();

    for (const { player, body, reply } of accepted) {
      const again = await player.post(`/rooms/${room.id}/submissions`, body);
      expect(again.body).toEqual(reply.body);
    }
    const judged = await logOf(ann, room.id, (all) => ofType(all, 'submission.judged').length >= accepted.length);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/end`));
    const events = await logOf(ann, room.id, isFinal);

    expect(isDense(events)).toBe(true);
    expect(ofType(events, 'submission.received')).toHaveLength(accepted.length);
    expect(ofType(events, 'submission.judged')).toEqual(ofType(judged, 'submission.judged'));
    const verdicts = new Map(ofType(events, 'submission.judged').map(({ data }) => [data.submissionId, data.verdict]));
    expect(accepted.map(({ reply }) => verdicts.get(reply.body.submissionId))).toEqual(
      accepted.map((_, index) => (index < 6 ? 'WA' : 'AC')),
    );
    const { rows, final } = (await ben.get(`/rooms/${room.id}/leaderboard`)).body;
    expect(final).toBe(true);
    const solved = rows.map((row: { solved: number; cells: object }) => row.solved);
    expect(solved).toEqual([1, 1]);
  }, 180_000);

  it('until after the deadline: the contest ended at its end, to the millisecond, and the late are late', async () => {
    const [ann, ben] = await guests();
    const room = await startFor(ann, ben, { minutes: 0.1 });
    const [started] = ofType(
      await logOf(ann, room.id, (all) => ofType(all, 'contest.started').length > 0),
      'contest.started',
    );
    const { endsAt } = started!.data;
    const inTime = await ben.post(`/rooms/${room.id}/submissions`, submission(SUM));
    expect(inTime.status).toBe(202);
    await server.end('SIGKILL');
    while (Date.now() <= Date.parse(endsAt)) await pause(50);
    server = await program.start(place);

    const late = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM));
    expect({ status: late.status, code: late.body.error.code }).toEqual({ status: 409, code: 'contest.over' });
    const events = await logOf(ann, room.id, isFinal);
    expect(isDense(events)).toBe(true);
    expect(ofType(events, 'contest.ended').map(({ data }) => data)).toEqual([
      { endedAt: endsAt, reason: 'time', by: null },
    ]);
    expect(ofType(events, 'submission.received')).toHaveLength(1);
    expect(ofType(events, 'contest.finalized')).toMatchObject([{ data: { winnerId: ben.id, reason: 'time' } }]);
  }, 180_000);
});

describe('a server that is asked to end (SIGTERM)', () => {
  it('tells its sockets that it restarts, exits with 0, and the room is there when it is back', async () => {
    const [ann, ben] = await guests();
    const room = await startFor(ann, ben);
    const watches = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    await watches[0]!.until('contest.started');
    const ended = server.end('SIGTERM');
    for (const watch of watches) await watch.notice('server:restarting');
    expect(await ended).toEqual({ code: 0, signal: null });
    for (const player of [ann, ben]) player.disconnect();

    server = await program.start(place);
    const again = await ann.watch(room.id, 2);
    expect(again.events.map(({ seq }) => seq).slice(0, 2)).toEqual([3, 4]);
    await expectDone(ben.post(`/rooms/${room.id}/resign`));
    await again.until('contest.finalized');
    for (const player of [ann, ben]) player.disconnect();
  });
});
