import { Refusal, type RefusalCode } from '../contract/refusals';
import type { Label, LanguageId, RoomId, SubmissionId, UserId, Verdict } from '../contract/terms';
import { phaseOf, type Phase, type Picked, type Room } from './room';

/** Who asks, as the room shows him. */
export interface Person {
  readonly userId: UserId;
  readonly name: string;
  readonly guest: boolean;
}

/** Whoever has not been heard of for so long is gone. */
export const GONE_MS = 60_000;

/** What a person may ask of a room. */
export type Move =
  | { readonly do: 'ready'; readonly ready: boolean }
  | { readonly do: 'start'; readonly picked: readonly Picked[] }
  | { readonly do: 'leave' }
  | { readonly do: 'cancel' }
  | { readonly do: 'kick'; readonly userId: UserId }
  | { readonly do: 'resign' }
  /** `gone`: the players who have not been heard of for {@link GONE_MS}. */
  | { readonly do: 'end'; readonly gone: ReadonlySet<UserId> }
  | { readonly do: 'claim'; readonly gone: ReadonlySet<UserId> }
  | { readonly do: 'extend'; readonly minutes: number }
  | { readonly do: 'reveal' }
  | {
      readonly do: 'rematch';
      readonly answer: 'offer' | 'withdraw' | 'accept' | 'decline';
      readonly nextRoomId: RoomId;
    }
  | {
      readonly do: 'submit';
      readonly submissionId: SubmissionId;
      readonly problem: Label;
      readonly language: LanguageId;
    };

/** What may be asked of a room at all. Host, players, judge and clock all come through this one door. */
export type Command =
  | { readonly do: 'join'; readonly person: Person }
  | (Move & { readonly by: UserId })
  /** The judge's, once per verdict. */
  | { readonly do: 'judge'; readonly submissionId: SubmissionId; readonly verdict: Verdict }
  /** The clock's: whatever time alone makes happen. */
  | { readonly do: 'elapse' }
  /** The operator's. */
  | { readonly do: 'close' }
  | { readonly do: 'ban'; readonly userId: UserId }
  | { readonly do: 'announce'; readonly text: string };

/** What a room's rows know of a person beyond what the log tells. */
export interface Standing {
  readonly spectators: ReadonlySet<UserId>;
  /** Left by themselves. */
  readonly left: ReadonlySet<UserId>;
  readonly kicked: ReadonlySet<UserId>;
}

type Name = Move['do'];
/** `yes`: by the rule below; `done`: it is so already, nothing happens; else the refusal. */
type When = 'yes' | 'done' | RefusalCode;
const NOT_RUNNING = { lobby: 'contest.not-running', countdown: 'contest.not-running' } as const;
const STARTED = { running: 'contest.already-started', judging: 'contest.over', final: 'contest.over' } as const;
const OVER = { judging: 'contest.over', final: 'contest.over' } as const;
const DONE = { judging: 'done', final: 'done' } as const;

/** Who may make a move, and in which phase of a room. */
const MOVES: Readonly<Record<Name, { readonly who: 'player' | 'host' | 'either' } & Readonly<Record<Phase, When>>>> = {
  ready: { who: 'player', lobby: 'yes', countdown: 'contest.already-started', ...STARTED, cancelled: 'room.closed' },
  start: { who: 'host', lobby: 'yes', countdown: 'done', running: 'done', ...OVER, cancelled: 'room.closed' },
  leave: { who: 'either', lobby: 'yes', countdown: 'yes', running: 'yes', ...DONE, cancelled: 'done' },
  cancel: { who: 'host', lobby: 'yes', countdown: 'yes', ...STARTED, cancelled: 'done' },
  kick: { who: 'host', lobby: 'yes', countdown: 'yes', ...STARTED, cancelled: 'room.closed' },
  resign: { who: 'player', ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  end: { who: 'either', ...NOT_RUNNING, running: 'yes', ...DONE, cancelled: 'room.closed' },
  claim: { who: 'player', ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  extend: { who: 'host', ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  reveal: {
    who: 'host',
    ...NOT_RUNNING,
    running: 'contest.not-ready',
    judging: 'contest.not-ready',
    final: 'yes',
    cancelled: 'room.closed',
  },
  rematch: {
    who: 'player',
    ...NOT_RUNNING,
    running: 'contest.not-ready',
    judging: 'yes',
    final: 'yes',
    cancelled: 'room.closed',
  },
  submit: { who: 'player', ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
};

/**
 * Whether a move is to be made, by {@link MOVES}; false when it has been made already.
 *
 * @throws {Refusal} when this person may not make it, or not now. To strangers the room does not exist.
 */
export function allowed(room: Room, { spectators, left, kicked }: Standing, command: Move & { by: UserId }): boolean {
  const { by } = command;
  const { who, ...when } = MOVES[command.do];
  const plays = room.players.some(({ userId }) => userId === by);
  const hosts = room.hostId === by;
  if (!plays && !hosts && !spectators.has(by)) {
    if (command.do === 'leave' && left.has(by)) return false;
    throw new Refusal('room.not-found');
  }
  if (command.do === 'leave' && !plays && !hosts) return false;
  if (who === 'host' && !hosts) throw new Refusal('room.not-host');
  if (who !== 'host' && !plays && !(who === 'either' && hosts)) throw new Refusal('room.not-member');
  if (repeats(room, command) || (command.do === 'kick' && kicked.has(command.userId))) return false;
  const now = when[phaseOf(room)];
  if (now !== 'yes' && now !== 'done') throw new Refusal(now);
  return now === 'yes';
}

/** Asked twice, a rule answers once: what is so already is done, also when it is too late to do it. */
function repeats(room: Room, command: Move & { by: UserId }): boolean {
  if (command.do === 'ready') return room.players.some((p) => p.userId === command.by && p.ready === command.ready);
  if (command.do === 'resign') return room.endReason === 'resign' && room.endedBy === command.by;
  if (command.do === 'claim') return room.endReason === 'forfeit' && room.endedBy === command.by;
  return false;
}
