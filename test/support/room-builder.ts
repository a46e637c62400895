import type { Happening, RoomEvent } from '../../src/contract/events';
import { Refusal, type RefusalCode } from '../../src/contract/refusals';
import { SettingsShape, type Settings } from '../../src/contract/shapes';
import type { Instant, Label, RoomId, SubmissionId, UserId, Verdict } from '../../src/contract/terms';
import { decide, open } from '../../src/core/decide';
import type { Command, Move, Person } from '../../src/core/moves';
import type { Standing } from '../../src/core/policy';
import { evolve, phaseOf, unopened, type Picked, type Room } from '../../src/core/room';

export const person = (name: string): Person => ({ userId: `user_${name.toLowerCase()}`, name, guest: false });
/** Ann opens every room; where she does not play she referees. */
export const ANN = person('Ann');
export const BEN = person('Ben');
export const CAT = person('Cat');
export const DAN = person('Dan');
/** Always a spectator. */
export const SUE = person('Sue');

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const OPENED = Date.UTC(2026, 0, 31, 18);
const ROOM: RoomId = 'room_test';
export const NEXT_ROOM: RoomId = 'room_next';
export const PICKED: readonly Picked[] = [
  { label: 'A', slug: 'a-plus-b' },
  { label: 'B', slug: 'b-side' },
  { label: 'C', slug: 'c-shell' },
];

/** The events a log gains when things happen in a room at one moment. */
const numbered = (room: Room, happenings: readonly Happening[], at: Instant): RoomEvent[] =>
  happenings.map((one, index) => ({ ...one, roomId: room.id, seq: room.seq + index + 1, at }));

/**
 * A room in the hands of a test. It does what the server does around the rules: reads the clock,
 * decides, numbers what happens and appends it to the log. Refusals are thrown as they come.
 */
export class TestRoom {
  now: Instant = OPENED;
  room: Room = unopened(ROOM);
  /** What each command added to the log, as it was committed. */
  readonly batches: RoomEvent[][] = [];
  readonly gone = new Set<UserId>();
  readonly left = new Set<UserId>();
  readonly kicked = new Set<UserId>();
  readonly spectators = new Set<UserId>([SUE.userId]);
  private submitted = 0;

  constructor(settings: Partial<Settings> = {}) {
    this.commit(open(ANN, { code: 'K7QM', settings: SettingsShape.parse(settings), locked: false }));
  }

  get log(): RoomEvent[] {
    return this.batches.flat();
  }
  get phase() {
    return phaseOf(this.room);
  }
  get standing(): Standing {
    return { spectators: this.spectators, left: this.left, kicked: this.kicked };
  }

  pass(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }
  at(moment: Instant): this {
    this.now = moment;
    return this;
  }

  /** Hands a command in; says what happened. */
  ask(command: Command): Happening[] {
    return this.commit(decide(this.room, this.standing, command, this.now));
  }
  join = (who: Person) => this.ask({ do: 'join', person: who });
  ready = ({ userId: by }: Person, ready = true) => this.ask({ do: 'ready', by, ready });
  start = ({ userId: by } = ANN, picked = PICKED) => this.ask({ do: 'start', by, picked });
  leave = ({ userId: by }: Person) => this.ask({ do: 'leave', by });
  cancel = ({ userId: by } = ANN) => this.ask({ do: 'cancel', by });
  kick = (whom: Person, { userId: by } = ANN) => this.ask({ do: 'kick', by, userId: whom.userId });
  resign = ({ userId: by }: Person) => this.ask({ do: 'resign', by });
  end = ({ userId: by }: Person) => this.ask({ do: 'end', by, gone: this.gone });
  claim = ({ userId: by }: Person) => this.ask({ do: 'claim', by, gone: this.gone });
  extend = (minutes: number, { userId: by } = ANN) => this.ask({ do: 'extend', by, minutes });
  reveal = ({ userId: by } = ANN) => this.ask({ do: 'reveal', by });
  rematch = ({ userId: by }: Person, answer: Extract<Move, { do: 'rematch' }>['answer']) =>
    this.ask({ do: 'rematch', by, answer, nextRoomId: NEXT_ROOM });
  judge = (submissionId: SubmissionId, verdict: Verdict) => this.ask({ do: 'judge', submissionId, verdict });
  elapse = () => this.ask({ do: 'elapse' });
  ban = ({ userId }: Person) => this.ask({ do: 'ban', userId });
  close = () => this.ask({ do: 'close' });
  announce = (text: string) => this.ask({ do: 'announce', text });

  /** Says which submission it has become. */
  submit({ userId: by }: Person, problem: Label = 'A', language = 'cpp'): SubmissionId {
    const submissionId: SubmissionId = `sub_${this.submitted + 1}`;
    this.ask({ do: 'submit', by, submissionId, problem, language });
    this.submitted += 1;
    return submissionId;
  }
  /** A submission with its verdict at once. */
  solve = (who: Person, problem: Label = 'A', verdict: Verdict = 'AC') =>
    this.judge(this.submit(who, problem), verdict);

  private commit(happenings: Happening[]): Happening[] {
    if (happenings.length === 0) return happenings;
    const batch = numbered(this.room, happenings, this.now);
    this.batches.push(batch);
    this.room = batch.reduce(evolve, this.room);
    for (const { type, data } of batch) {
      if (type === 'player.left') this.left.add(data.userId);
      if (type === 'player.kicked') this.kicked.add(data.userId);
      if (type === 'player.joined') this.left.delete(data.userId);
    }
    return happenings;
  }
}

/** Two players sit in it, and both are ready. */
export function readyRoom(settings: Partial<Settings> = {}): TestRoom {
  const room = new TestRoom(settings);
  for (const player of playersOf(settings)) {
    room.join(player);
    room.ready(player);
  }
  return room;
}

/** The contest has just started: by default thirty minutes, problems A to C. */
export function runningRoom(settings: Partial<Settings> = {}): TestRoom {
  const room = readyRoom({ countdownSeconds: 0, ...settings });
  room.start();
  room.pass(room.room.startsAt! - room.now).elapse();
  return room;
}

/** On seat 1 and seat 2. */
export const playersOf = ({ hostPlays = true }: Partial<Settings>): readonly [Person, Person] =>
  hostPlays ? [ANN, BEN] : [BEN, CAT];

export const types = (happenings: readonly Happening[]) => happenings.map(({ type }) => type);

/** Which no a request meets; null is a yes. Faults stay faults. */
export function refusalOf(request: () => unknown): RefusalCode | null {
  try {
    request();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
