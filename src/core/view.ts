import type { EventData, Happening, RoomEvent, SeenEvent } from '../contract/events';
import type { LeaderboardRow } from '../contract/leaderboard';
import type { Instant, Seat, UserId } from '../contract/terms';
import { freezesAt, type Room, type RoomSubmission, type SeenRoom } from './room';
import { leaderboard } from './scoring';

/*
 * Who may see what. An event is stored whole; these functions turn it, and the room itself, into
 * what one reader gets. A room folded from the events a reader saw is the room he would be shown.
 */

/** Those who see the same: each player, a host who referees (and our own staff), everybody else. */
export type Audience = Seat | 'referee' | 'public';
export const AUDIENCES: readonly Audience[] = [1, 2, 'referee', 'public'];

export function audienceOf(room: Pick<Room, 'players' | 'hostId'>, userId: UserId): Audience {
  const player = room.players.find((one) => one.userId === userId);
  if (player) return player.seat;
  return userId === room.hostId ? 'referee' : 'public';
}

/** Nothing is kept back any more: the contest is final, and a freeze, if there was one, is lifted. */
export const isOpen = (room: Pick<Room, 'finalizedAt' | 'revealedAt' | 'settings'>): boolean =>
  room.finalizedAt !== null && (room.settings.freezeMinutes === 0 || room.revealedAt !== null);

/** Whether readers of this room can ever see different things of its submissions. */
const keepsSecrets = ({ settings }: Pick<Room, 'settings'>): boolean =>
  settings.opponentView !== 'full' || settings.freezeMinutes > 0;

/** Whether others learn of a submission's verdict only at the reveal. */
export const isFrozen = (room: Room, { receivedAt }: { receivedAt: number }): boolean =>
  freezesAt(room) !== null && room.revealedAt === null && receivedAt >= freezesAt(room)!;

/**
 * The submissions an audience may know of, each as far as it may. Players keep their own verdicts;
 * of an opponent `full` shows everything, `solved` what was accepted, `blind` nothing; what came in
 * the freeze shows as pending to everybody but its author.
 */
export function submissionsFor(room: Room, audience: Audience): readonly RoomSubmission[] {
  if (audience === 'referee' || !keepsSecrets(room) || isOpen(room)) return room.submissions;
  const own = room.players.find((player) => player.seat === audience)?.userId;
  return room.submissions.flatMap((submission) => {
    if (submission.userId === own) return [submission];
    const seen: RoomSubmission = isFrozen(room, submission) ? { ...submission, verdict: 'PENDING' } : submission;
    const shown = { full: true, solved: seen.verdict === 'AC', blind: false }[room.settings.opponentView];
    return shown ? [seen] : [];
  });
}

/** The standings as an audience may see them. */
export function leaderboardFor(room: Room, audience: Audience): LeaderboardRow[] {
  if (room.startedAt === null) return leaderboard(rulesOf(room), room.players, [], []);
  return leaderboard(
    rulesOf(room),
    room.players,
    room.problems,
    submissionsFor(room, audience).map(({ submissionId, userId, problem, receivedAt, verdict }) => ({
      id: submissionId,
      userId,
      problem,
      receivedAt,
      verdict: verdict === 'PENDING' ? null : verdict,
    })),
  );
}

/** The leaderboard as it is asked for and told: its rows, whether they stand for good, and when that was so. */
export const boardFor = (room: Room, audience: Audience, now: Instant) => ({
  rows: leaderboardFor(room, audience),
  final: room.finalizedAt !== null,
  serverNow: now,
});

const rulesOf = (room: Room) => ({
  penaltyMinutes: room.settings.penaltyMinutes,
  timePrecision: room.settings.timePrecision,
  startedAt: room.startedAt ?? 0,
  endsAt: room.endsAt,
});

/** The leaderboard an event carries: the whole one, and one for each audience that may not see it all. */
export function boardsOf(room: Room, now: Instant): Pick<EventData<'submission.judged'>, 'leaderboard' | 'boards'> {
  const boardOf = (audience: Audience) => boardFor(room, audience, now);
  const whole = { leaderboard: boardOf('referee') };
  if (!keepsSecrets(room)) return whole;
  return {
    ...whole,
    boards: { 1: boardOf(1), 2: boardOf(2), public: boardOf('public') },
  };
}

/** Whether an accepted submission could still lose what this leaderboard gives it; it differs as far as what readers see differs. */
export const isProvisional = (
  { userId, problem, verdict }: Pick<RoomSubmission, 'userId' | 'problem' | 'verdict'>,
  rows: readonly LeaderboardRow[],
): boolean => verdict === 'AC' && rows.find((row) => row.userId === userId)?.cells[problem]?.provisional === true;

/** Says, where some readers were kept in the dark, what they missed. */
export const untold = (room: Room): { submissions?: readonly RoomSubmission[] } =>
  keepsSecrets(room) && isOpen(room) ? { submissions: room.submissions } : {};

/** The room as an audience may see it. */
export function roomFor(room: Room, audience: Audience): SeenRoom {
  const { seq: _seq, lastAt: _lastAt, picked: _picked, ...rest } = room;
  const hidden = room.finalizedAt !== null && !isOpen(room) && audience !== 'referee';
  return {
    ...rest,
    winnerId: hidden ? null : room.winnerId,
    settings: settingsFor(room, audience),
    submissions: submissionsFor(room, audience),
    leaderboard: leaderboardFor(room, audience),
  };
}

/** Problems chosen by name are the host's secret; to others they are a number of problems. */
function settingsFor({ settings }: Pick<Room, 'settings'>, audience: Audience): SeenRoom['settings'] {
  return audience === hostAudience(settings) ? settings : withoutNames(settings);
}
const hostAudience = ({ hostPlays }: Pick<SeenRoom['settings'], 'hostPlays'>): Audience => (hostPlays ? 1 : 'referee');
const withoutNames = (settings: SeenRoom['settings']): SeenRoom['settings'] => ({
  ...settings,
  problems: 'count' in settings.problems ? settings.problems : { count: settings.problems.length },
});

/** What seeing an event depends on beyond the event: how much is hidden, and whether all is told by now. */
export type Stage = Pick<Room, 'settings' | 'finalizedAt' | 'revealedAt'>;

/**
 * An event as an audience may see it. `stage` is the room at the time of reading: with the event and
 * all that was committed together with it, or later. Who reads later may see more, never less; folded,
 * both come to the room {@link roomFor} shows. An earlier stage would hide for good what is told once.
 */
export function eventFor(stage: Stage, audience: Audience, event: RoomEvent): SeenEvent {
  const { roomId, seq, at } = event;
  const seen = happeningFor(stage, audience, event);
  return seen ? { roomId, seq, type: seen.type, at, data: seen.data } : { roomId, seq };
}

function happeningFor(stage: Stage, audience: Audience, event: Happening): Happening | null {
  const all = audience === 'referee' || isOpen(stage);
  switch (event.type) {
    case 'room.opened':
      return { type: event.type, data: { ...event.data, settings: settingsFor(event.data, audience) } };
    case 'contest.scheduled': {
      const { picked: _, ...data } = event.data;
      return { type: event.type, data };
    }
    case 'submission.received':
      return all || mayKnow(stage, audience, event.data.seat) === 'all' ? event : null;
    case 'submission.judged': {
      const { boards, frozen, retracted, ...data } = event.data;
      if (all) return { type: event.type, data };
      if (audience !== data.seat) {
        const known = mayKnow(stage, audience, data.seat);
        const told = known === 'all' || (known === 'solved' && (data.verdict === 'AC' || retracted));
        if (frozen || !told) return null;
      }
      const leaderboard = boards?.[audience] ?? data.leaderboard;
      return { type: event.type, data: { ...data, leaderboard, provisional: isProvisional(data, leaderboard.rows) } };
    }
    case 'contest.finalized': {
      const { boards, ...data } = event.data;
      if (all) return { type: event.type, data };
      const leaderboard = boards?.[audience] ?? data.leaderboard;
      return { type: event.type, data: { finalizedAt: data.finalizedAt, leaderboard } };
    }
    default:
      return event;
  }
}

/** How much an audience may know of what the player on `seat` submits. */
function mayKnow({ settings }: Stage, audience: Audience, seat: Seat): 'all' | 'solved' | 'nothing' {
  if (audience === 'referee' || audience === seat) return 'all';
  return ({ full: 'all', solved: 'solved', blind: 'nothing' } as const)[settings.opponentView];
}
