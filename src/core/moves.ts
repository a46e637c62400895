import { Refusal, type RefusalCode } from '../contract/refusals';
import type { Label, LanguageId, RoomId, SubmissionId, UserId, Verdict } from '../contract/terms';
import { demand, type Standing } from './policy';
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

type Name = Move['do'];
/** `yes`: by the rule below; `done`: it is so already, nothing happens; else the refusal. */
type When = 'yes' | 'done' | RefusalCode;
const NOT_RUNNING = { lobby: 'contest.not-running', countdown: 'contest.not-running' } as const;
const STARTED = { running: 'contest.already-started', judging: 'contest.over', final: 'contest.over' } as const;
const OVER = { judging: 'contest.over', final: 'contest.over' } as const;
const DONE = { judging: 'done', final: 'done' } as const;

/** In which phase of a room a move may be made; who may make it, core/policy says. */
const MOVES: Readonly<Record<Name, Readonly<Record<Phase, When>>>> = {
  ready: { lobby: 'yes', countdown: 'contest.already-started', ...STARTED, cancelled: 'room.closed' },
  start: { lobby: 'yes', countdown: 'done', running: 'done', ...OVER, cancelled: 'room.closed' },
  leave: { lobby: 'yes', countdown: 'yes', running: 'yes', ...DONE, cancelled: 'done' },
  cancel: { lobby: 'yes', countdown: 'yes', ...STARTED, cancelled: 'done' },
  kick: { lobby: 'yes', countdown: 'yes', ...STARTED, cancelled: 'room.closed' },
  resign: { ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  end: { ...NOT_RUNNING, running: 'yes', ...DONE, cancelled: 'room.closed' },
  claim: { ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  extend: { ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
  reveal: {
    ...NOT_RUNNING,
    running: 'contest.not-ready',
    judging: 'contest.not-ready',
    final: 'yes',
    cancelled: 'room.closed',
  },
  rematch: {
    ...NOT_RUNNING,
    running: 'contest.not-ready',
    judging: 'yes',
    final: 'yes',
    cancelled: 'room.closed',
  },
  submit: { ...NOT_RUNNING, running: 'yes', ...OVER, cancelled: 'room.closed' },
};

/**
 * Whether a move is to be made, by {@link MOVES}; false when it has been made already.
 *
 * @throws {Refusal} when this person may not make it, or not now. To strangers the room does not exist.
 */
export function allowed(room: Room, standing: Standing, command: Move & { by: UserId }): boolean {
  const places = demand(`room.${command.do}`, room, standing, { id: command.by, role: 'player' });
  if (command.do === 'leave' && !places.has('player') && !places.has('host')) return false;
  if (repeats(room, command) || (command.do === 'kick' && standing.kicked.has(command.userId))) return false;
  const now = MOVES[command.do][phaseOf(room)];
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
