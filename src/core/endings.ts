import type { Happening } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Instant, SubmissionId, UserId, Verdict } from '../contract/terms';
import { awaited, follow, opponentOf, phaseOf, seated, type Room } from './room';
import { winnerOf } from './scoring';
import { boardsOf, isFrozen, isProvisional, boardFor, untold } from './view';

/** A verdict changes the leaderboard, and may be the last one a result waited for. */
export function judge(room: Room, submissionId: SubmissionId, verdict: Verdict, now: Instant): Happening[] {
  const submission = room.submissions.find((one) => one.submissionId === submissionId);
  const author = room.players.find(({ userId }) => userId === submission?.userId);
  if (!submission || !author) throw new Refusal('submission.not-found');
  const { verdict: before, ...known } = submission;
  const judged: Room = {
    ...room,
    submissions: room.submissions.map((one) => (one === submission ? { ...one, verdict } : one)),
  };
  const boards = boardsOf(judged, now);
  const happened: Happening = {
    type: 'submission.judged',
    data: {
      ...seated(author),
      ...known,
      verdict,
      provisional: isProvisional({ ...known, verdict }, boards.leaderboard.rows),
      ...(isFrozen(room, submission) && { frozen: true }),
      ...(before === 'AC' && verdict !== 'AC' && { retracted: true }),
      ...boards,
    },
  };
  const final = room.endedAt !== null && room.finalizedAt === null ? finalized(judged, now) : [];
  return [happened, ...final];
}

type Ending = Extract<Happening, { type: 'contest.ended' }>['data'];

export function ended(room: Room, data: Ending, now: Instant): Happening[] {
  const happened: Happening = { type: 'contest.ended', data };
  return [happened, ...finalized(follow(room, [happened], now), now)];
}

/** A result is final once nothing received in time is still without its verdict. */
function finalized(room: Room, now: Instant): Happening[] {
  return awaited(room) > 0 ? [] : [finalization(room, now)];
}

/** By time or agreement the leaderboard decides; who resigned lost, and who claimed has won. */
function finalization(room: Room, now: Instant): Happening {
  const reason = room.endReason!;
  const final = { ...room, finalizedAt: now };
  const { leaderboard, boards } = boardsOf(final, now);
  const winnerId =
    reason === 'resign'
      ? (opponentOf(room, room.endedBy!)?.userId ?? null)
      : reason === 'forfeit'
        ? room.endedBy
        : winnerOf(leaderboard.rows);
  return {
    type: 'contest.finalized',
    data: { finalizedAt: now, winnerId, reason, leaderboard, ...(boards && { boards }), ...untold(final) },
  };
}

export function reveal(room: Room, now: Instant): Happening[] {
  const open = { ...room, revealedAt: now };
  const data = {
    revealedAt: now,
    winnerId: room.winnerId,
    leaderboard: boardFor(open, 'referee', now),
    ...untold(open),
  };
  return [{ type: 'contest.revealed', data }];
}

/** The operator's way out: a lobby is cancelled, a contest ended, and a result that waits in vain made final without what it waits for. */
export function close(room: Room, now: Instant): Happening[] {
  switch (phaseOf(room)) {
    case 'lobby':
    case 'countdown':
      return [{ type: 'room.cancelled', data: { cancelledAt: now, reason: 'admin' } }];
    case 'running':
      return ended(room, { endedAt: now, reason: 'host', by: null }, now);
    case 'judging':
      return [finalization(room, now)];
    default:
      return [];
  }
}

/**
 * Somebody is banned. Before the start his seat is freed, and a room he hosts is closed; a contest that runs is
 * forfeited to his opponent, and both are told why. What has ended stays as it is.
 */
export function ban(room: Room, userId: UserId, now: Instant): Happening[] {
  const player = room.players.find((one) => one.userId === userId);
  const winner = opponentOf(room, userId);
  switch (phaseOf(room)) {
    case 'lobby':
    case 'countdown':
      return [
        ...(player ? [{ type: 'player.left' as const, data: seated(player) }] : []),
        ...(room.hostId === userId ? close(room, now) : []),
      ];
    case 'running': {
      if (!player || !winner) return [];
      const text = `${player.name} has been banned, and forfeits the contest.`;
      return [
        { type: 'announcement.posted', data: { text } },
        ...ended(room, { endedAt: now, reason: 'forfeit', by: winner.userId }, now),
      ];
    }
    default:
      return [];
  }
}
