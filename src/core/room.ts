import type { Happening, RoomEvent } from '../contract/events';
import type { RoomShape, RoomSubmissionShape, PlayerShape } from '../contract/shapes';
import type { Instant, Label, RoomId, Slug, UserId } from '../contract/terms';
import type { Inside } from '../contract/wire';
import type { z } from 'zod';

export type Player = Readonly<Inside<z.infer<typeof PlayerShape>>>;
export type RoomSubmission = Readonly<Inside<z.infer<typeof RoomSubmissionShape>>>;

/** What a room tells of itself; {@link roomFor} in core/view makes it for each reader. */
export type SeenRoom = Readonly<Inside<z.infer<typeof RoomShape>>>;

/**
 * A room as its events have made it. The server builds it from rows, a browser from the events it
 * received; both by the same rules. Submissions stand in the order of their arrival.
 */
export type Room = Omit<SeenRoom, 'leaderboard'> & {
  readonly seq: number;
  /** When the last event happened: a lobby where nothing happens expires. */
  readonly lastAt: Instant;
  /** The problems picked when the countdown began: nobody's to see before the start. */
  readonly picked: readonly Picked[];
};
export interface Picked {
  readonly label: Label;
  readonly slug: Slug;
}

export type Phase = 'lobby' | 'countdown' | 'running' | 'judging' | 'final' | 'cancelled';

/** What a room's moments add up to. */
export function phaseOf(room: Pick<Room, 'cancelledAt' | 'finalizedAt' | 'endedAt' | 'startedAt' | 'startsAt'>): Phase {
  if (room.cancelledAt !== null) return 'cancelled';
  if (room.finalizedAt !== null) return 'final';
  if (room.endedAt !== null) return 'judging';
  if (room.startedAt !== null) return 'running';
  return room.startsAt === null ? 'lobby' : 'countdown';
}

const MINUTE = 60_000;
const IDLE_MINUTES = 30;
/** A host who walks away cannot keep the result to himself. */
const THAW_MINUTES = 30;

/** When the clock has to look at this room again, or null if it never has to. */
export function dueAt(room: Room): Instant | null {
  switch (phaseOf(room)) {
    case 'lobby':
      return room.lastAt + IDLE_MINUTES * MINUTE;
    case 'countdown':
      return room.startsAt;
    case 'running':
      return room.endsAt;
    case 'final':
      return room.settings.freezeMinutes > 0 && room.revealedAt === null
        ? room.finalizedAt! + THAW_MINUTES * MINUTE
        : null;
    default:
      return null;
  }
}

/** How long the contest was meant to last, in milliseconds. */
export const plannedMs = (room: Room): number => Math.round(room.settings.minutes * MINUTE);

/**
 * When the freeze begins, or null if there is none: `freezeMinutes` before the planned end. An
 * extension prolongs the freeze, so that nothing frozen thaws before the contest is final.
 */
export function freezesAt(room: Room): Instant | null {
  const { freezeMinutes } = room.settings;
  if (freezeMinutes === 0 || room.startedAt === null) return null;
  return room.startedAt + plannedMs(room) - Math.round(freezeMinutes * MINUTE);
}

/** How many verdicts a result still waits for. A judge error waits too: nobody loses by our fault. */
export const awaited = (room: Room): number =>
  room.submissions.filter(({ verdict }) => verdict === 'PENDING' || verdict === 'JE').length;

export const opponentOf = (room: Room, userId: UserId): Player | undefined =>
  room.players.find((player) => player.userId !== userId);

/** A room of which nothing is known yet; `room.opened` is always its first event. */
export const unopened = (id: RoomId): Room => ({
  id,
  code: '',
  hostId: 'user_',
  settings: {
    minutes: 0,
    problems: [],
    penaltyMinutes: 0,
    timePrecision: 'second',
    hostPlays: true,
    spectators: false,
    onGone: 'continue',
    opponentView: 'full',
    freezeMinutes: 0,
    languages: null,
    countdownSeconds: 0,
  },
  locked: false,
  casual: false,
  players: [],
  problems: [],
  submissions: [],
  openedAt: 0,
  startsAt: null,
  startedAt: null,
  endsAt: null,
  endedAt: null,
  endReason: null,
  endedBy: null,
  endOfferedBy: null,
  finalizedAt: null,
  winnerId: null,
  revealedAt: null,
  cancelledAt: null,
  rematchOfferedBy: null,
  rematchRoomId: null,
  seq: 0,
  lastAt: 0,
  picked: [],
});

/** What a room becomes once `event` has happened in it. An event of which a reader sees only the number moves only the position. */
export function evolve(room: Room, event: RoomEvent | { readonly roomId: RoomId; readonly seq: number }): Room {
  if (!('type' in event)) return { ...room, seq: event.seq };
  return { ...room, ...change(room, event), seq: event.seq, lastAt: event.at };
}

/** What events say of a player. */
export const seated = ({ userId, name, seat }: Player) => ({ userId, name, seat });

/** What happens, in its place in the room's log: the next. */
export const numbered = ({ id, seq }: Room, happenings: readonly Happening[], at: Instant): RoomEvent[] =>
  happenings.map((one, index) => ({ ...one, roomId: id, seq: seq + index + 1, at }));

/** The room after something has happened in it. */
export const follow = (room: Room, happenings: readonly Happening[], at: Instant): Room =>
  numbered(room, happenings, at).reduce(evolve, room);

function change(room: Room, event: RoomEvent): Partial<Room> {
  switch (event.type) {
    case 'room.opened':
      return { ...event.data, openedAt: event.at };
    case 'player.joined': {
      const { userId, name, seat, guest } = event.data;
      const players = [...room.players, { userId, name, seat, guest, ready: false }];
      return { players: players.sort((a, b) => a.seat - b.seat) };
    }
    case 'player.left':
    case 'player.kicked':
      // Whoever goes in the countdown stops it; what was picked for it is forgotten.
      return {
        players: room.players.filter((player) => player.userId !== event.data.userId),
        startsAt: null,
        picked: [],
      };
    case 'player.ready': {
      const { userId, ready } = event.data;
      return { players: room.players.map((player) => (player.userId === userId ? { ...player, ready } : player)) };
    }
    case 'contest.scheduled':
      return { startsAt: event.data.startsAt, picked: event.data.picked ?? [] };
    case 'contest.started':
      return { startedAt: event.data.startedAt, endsAt: event.data.endsAt, problems: event.data.problems };
    case 'submission.received':
      return {
        submissions: withSubmission(room.submissions, { ...event.data, receivedSeq: event.seq, verdict: 'PENDING' }),
      };
    case 'submission.judged':
      return { submissions: withSubmission(room.submissions, event.data) };
    case 'contest.extended':
      return { endsAt: event.data.endsAt };
    case 'contest.end-offered':
      return { endOfferedBy: event.data.userId };
    case 'contest.ended':
      return { endedAt: event.data.endedAt, endReason: event.data.reason, endedBy: event.data.by, endOfferedBy: null };
    case 'contest.finalized': {
      const { finalizedAt, winnerId = null, submissions = room.submissions } = event.data;
      return { finalizedAt, winnerId, submissions };
    }
    case 'contest.revealed': {
      const { revealedAt, winnerId, submissions = room.submissions } = event.data;
      return { revealedAt, winnerId, submissions };
    }
    case 'room.cancelled':
      return { cancelledAt: event.data.cancelledAt };
    case 'announcement.posted':
      return {};
    case 'rematch.offered':
      return { rematchOfferedBy: event.data.userId };
    case 'rematch.declined':
      return { rematchOfferedBy: null };
    case 'rematch.accepted':
      return { rematchRoomId: event.data.roomId };
  }
}

/** Puts a submission where its arrival belongs, in place of what was known of it. */
function withSubmission(submissions: readonly RoomSubmission[], one: RoomSubmission): RoomSubmission[] {
  const { submissionId, userId, problem, language, receivedAt, receivedSeq, verdict } = one;
  const placed = { submissionId, userId, problem, language, receivedAt, receivedSeq, verdict };
  const last = submissions.at(-1);
  if (!last || last.receivedSeq < receivedSeq) return [...submissions, placed];
  const others = submissions.filter((other) => other.submissionId !== submissionId);
  others.splice(others.findLastIndex((other) => other.receivedSeq < receivedSeq) + 1, 0, placed);
  return others;
}
