import type { EventType, Happening } from '../../src/contract/events';
import { REFUSALS, type RefusalCode } from '../../src/contract/refusals';
import { ROUTES } from '../../src/contract/routes';
import type { Person } from '../../src/core/moves';
import type { Phase } from '../../src/core/room';
import {
  ANN,
  BEN,
  DAN,
  MINUTE,
  person,
  readyRoom,
  refusalOf,
  runningRoom,
  SUE,
  type TestRoom,
  types,
} from '../support/room-builder';

/*
 * Every move, in every phase, by everybody who could try it. The contest allows claims, and the
 * opponent is gone for them alone; it has a freeze to reveal; in the judging tail one verdict is awaited.
 */

const EVE = person('Eve');

const PHASES: readonly Phase[] = ['lobby', 'countdown', 'running', 'judging', 'final', 'cancelled'];

/** Words of the table below: what happens, or the refusal. */
const WORDS: Readonly<Record<string, RefusalCode | EventType | '' | `${EventType},${EventType}`>> = {
  '-': '',
  ready: 'player.ready',
  scheduled: 'contest.scheduled',
  left: 'player.left',
  kicked: 'player.kicked',
  cancelled: 'room.cancelled',
  'left+cancelled': 'player.left,room.cancelled',
  offered: 'contest.end-offered',
  final: 'contest.ended,contest.finalized',
  extended: 'contest.extended',
  revealed: 'contest.revealed',
  rematch: 'rematch.offered',
  received: 'submission.received',
  host: 'room.not-host',
  member: 'room.not-member',
  unknown: 'room.not-found',
  closed: 'room.closed',
  early: 'contest.not-running',
  started: 'contest.already-started',
  over: 'contest.over',
  unready: 'contest.not-ready',
};

/** A host who plays, the player who is not the host, and a host who only referees. */
const TABLE = `
  move     who        lobby           countdown       running    judging    final      cancelled
  ready    host       ready           started         started    over       over       closed
  ready    player     ready           started         started    over       over       closed
  ready    referee    member          member          member     member     member     member
  start    host       scheduled       -               -          over       over       closed
  start    player     host            host            host       host       host       host
  start    referee    scheduled       -               -          over       over       closed
  leave    host       left+cancelled  left+cancelled  final      -          -          -
  leave    player     left            left            final      -          -          -
  leave    referee    cancelled       cancelled       -          -          -          -
  cancel   host       cancelled       cancelled       started    over       over       -
  cancel   player     host            host            host       host       host       host
  cancel   referee    cancelled       cancelled       started    over       over       -
  kick     host       kicked          kicked          started    over       over       closed
  kick     player     host            host            host       host       host       host
  kick     referee    kicked          kicked          started    over       over       closed
  resign   host       early           early           final      over       over       closed
  resign   player     early           early           final      over       over       closed
  resign   referee    member          member          member     member     member     member
  end      host       early           early           offered    -          -          closed
  end      player     early           early           offered    -          -          closed
  end      referee    early           early           final      -          -          closed
  claim    host       early           early           final      over       over       closed
  claim    player     early           early           final      over       over       closed
  claim    referee    member          member          member     member     member     member
  extend   host       early           early           extended   over       over       closed
  extend   player     host            host            host       host       host       host
  extend   referee    early           early           extended   over       over       closed
  reveal   host       early           early           unready    unready    revealed   closed
  reveal   player     host            host            host       host       host       host
  reveal   referee    early           early           unready    unready    revealed   closed
  rematch  host       early           early           unready    rematch    rematch    closed
  rematch  player     early           early           unready    rematch    rematch    closed
  rematch  referee    member          member          member     member     member     member
  submit   host       early           early           received   over       over       closed
  submit   player     early           early           received   over       over       closed
  submit   referee    member          member          member     member     member     member
`;
/** Who only watches may leave. To a stranger, and to who is not there any more, there is no such room. */
const OTHERS = {
  ready: 'member',
  start: 'host',
  leave: '-',
  cancel: 'host',
  kick: 'host',
  resign: 'member',
  end: 'member',
  claim: 'member',
  extend: 'host',
  reveal: 'host',
  rematch: 'member',
  submit: 'member',
} as const;
type Move = keyof typeof OTHERS;
const MOVES = Object.keys(OTHERS) as Move[];

/** How each move is tried. */
const TRY: Readonly<Record<Move, (room: TestRoom, who: Person) => Happening[]>> = {
  ready: (room, who) => room.ready(who, false),
  start: (room, who) => room.start(who),
  leave: (room, who) => room.leave(who),
  cancel: (room, who) => room.cancel(who),
  kick: (room, who) => room.kick(BEN, who),
  resign: (room, who) => room.resign(who),
  end: (room, who) => room.end(who),
  claim: (room, who) => {
    for (const { userId } of room.room.players) if (userId !== who.userId) room.gone.add(userId);
    return room.claim(who);
  },
  extend: (room, who) => room.extend(5, who),
  reveal: (room, who) => room.reveal(who),
  rematch: (room, who) => room.rematch(who, 'offer'),
  submit: (room, { userId: by }) =>
    room.ask({ do: 'submit', by, submissionId: 'sub_new', problem: 'A', language: 'cpp' }),
};

/** A room in that phase, which Dan has left and from which Eve was kicked. */
function roomIn(phase: Phase, hostPlays: boolean): TestRoom {
  const settings = { hostPlays, onGone: 'claim', freezeMinutes: 1 } as const;
  const room = ['running', 'judging', 'final'].includes(phase) ? runningRoom(settings) : readyRoom(settings);
  if (phase === 'countdown') room.start();
  if (phase === 'cancelled') room.cancel();
  if (phase === 'judging') room.submit(BEN);
  if (phase === 'judging' || phase === 'final') room.pass(30 * MINUTE).elapse();
  room.left.add(DAN.userId);
  room.kicked.add(EVE.userId);
  return room;
}

/** Says in the table's words what comes of a move. */
function outcome(room: TestRoom, move: Move, who: Person): string {
  const before = room.room;
  let happened: Happening[] = [];
  const refusal = refusalOf(() => (happened = TRY[move](room, who)));
  if (refusal !== null) expect(room.room).toBe(before);
  const said = refusal ?? types(happened).join();
  return Object.entries(WORDS).find(([, meaning]) => meaning === said)?.[0] ?? said;
}

const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.trim().split(/\s+/) as [Move, 'host' | 'player' | 'referee', ...string[]]);

describe.each(rows)('%s by the %s', (move, role, ...expected) => {
  const rooms = { host: [true], player: [true, false], referee: [false] }[role];
  it.each(PHASES.map((phase, index) => [phase, expected[index]] as const))('in %s: %s', (phase, answer) => {
    for (const hostPlays of rooms) {
      expect(outcome(roomIn(phase, hostPlays), move, role === 'player' ? BEN : ANN)).toBe(answer);
    }
  });
});

it('asks for every move', () => {
  expect(rows.length).toBe(MOVES.length * 3);
});

it.each(MOVES)('%s is refused only as its route says', (move) => {
  const { refusals } = ROUTES[`POST /api/rooms/:roomId/${move === 'submit' ? 'submissions' : move}`];
  const answers = rows.filter(([name]) => name === move).flatMap(([, , ...words]) => words.map((word) => WORDS[word]));
  const met = answers.filter((answer) => answer !== undefined && answer in REFUSALS);
  expect(refusals).toEqual(expect.arrayContaining(met));
});

describe.each(MOVES)('%s by who does not take part', (move) => {
  it.each([
    ['a spectator', SUE, OTHERS[move]],
    ['a stranger', person('Zoe'), 'unknown'],
    ['who has left', DAN, move === 'leave' ? '-' : 'unknown'],
    ['who was kicked', EVE, 'unknown'],
  ] as const)('is for %s in every phase the same', (_, who, answer) => {
    for (const phase of PHASES) {
      for (const hostPlays of [true, false]) expect(outcome(roomIn(phase, hostPlays), move, who)).toBe(answer);
    }
  });
});
