import type { Happening } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Settings } from '../contract/shapes';
import type { Instant, RoomId, UserId } from '../contract/terms';
import { ban, close, ended, judge, reveal } from './endings';
import { allowed, type Command, type Move, type Person } from './moves';
import type { Standing } from './policy';
import { dueAt, follow, opponentOf, phaseOf, plannedMs, seated, type Player, type Room } from './room';

/**
 * The rules of a room: given what it is and what is asked of it, what happens. What time alone has
 * made happen comes first, whoever asks, so that no command ever meets a room that is behind the clock.
 * A clock that was set back stands still: nothing in a contest is earlier than its start, nor after its end earlier than that.
 *
 * @throws {Refusal} when the rules do not allow the command; then nothing happens.
 */
export function decide(room: Room, standing: Standing, command: Command, clock: Instant): Happening[] {
  const now = Math.max(clock, room.startedAt ?? 0, room.endedAt ?? 0, room.finalizedAt ?? 0);
  const happened = elapsed(room, now);
  let current = follow(room, happened, now);
  const answer = rule(current, standing, command, now);
  current = follow(current, answer, now);
  return [...happened, ...answer, ...elapsed(current, now)];
}

/** What time alone makes happen. A contest ends at its end to the millisecond, however late somebody looks. */
function elapsed(room: Room, now: Instant): Happening[] {
  const due = dueAt(room);
  if (due === null || now < due) return [];
  switch (phaseOf(room)) {
    case 'lobby':
      return [{ type: 'room.cancelled', data: { cancelledAt: now, reason: 'idle' } }];
    case 'countdown': {
      const problems = room.picked.map(({ label }) => label);
      return [{ type: 'contest.started', data: { startedAt: now, endsAt: now + plannedMs(room), problems } }];
    }
    case 'final':
      return reveal(room, now);
    default:
      return ended(room, { endedAt: due, reason: 'time', by: null }, now);
  }
}

function rule(room: Room, standing: Standing, command: Command, now: Instant): Happening[] {
  switch (command.do) {
    case 'elapse':
      return [];
    case 'join':
      return join(room, standing, command.person);
    case 'judge':
      return judge(room, command.submissionId, command.verdict, now);
    case 'close':
      return close(room, now);
    case 'ban':
      return ban(room, command.userId, now);
    case 'announce':
      return [{ type: 'announcement.posted', data: { text: command.text } }];
    default:
      return allowed(room, standing, command) ? move(room, command, now) : [];
  }
}

function move(room: Room, command: Move & { by: UserId }, now: Instant): Happening[] {
  const { by } = command;
  const me = room.players.find(({ userId }) => userId === by);
  const other = opponentOf(room, by);
  switch (command.do) {
    case 'ready':
      return [{ type: 'player.ready', data: { ...seated(me!), ready: command.ready } }];

    case 'start':
      if (room.players.length < 2 || !room.players.every(({ ready }) => ready)) throw new Refusal('contest.not-ready');
      if (command.picked.length === 0) throw new Refusal('problem.not-found');
      return [
        {
          type: 'contest.scheduled',
          data: { startsAt: now + room.settings.countdownSeconds * 1000, picked: command.picked },
        },
      ];

    case 'leave': {
      if (phaseOf(room) === 'running') return me ? ended(room, { endedAt: now, reason: 'resign', by }, now) : [];
      const left: Happening[] = me ? [{ type: 'player.left', data: seated(me) }] : [];
      // Nobody else could start what the host has left.
      if (by === room.hostId) left.push({ type: 'room.cancelled', data: { cancelledAt: now, reason: 'host-left' } });
      return left;
    }

    case 'cancel':
      return [{ type: 'room.cancelled', data: { cancelledAt: now, reason: 'host' } }];

    case 'kick': {
      const whom = room.players.find(({ userId }) => userId === command.userId);
      if (!whom) throw new Refusal('room.not-member');
      if (whom.userId === room.hostId) throw new Refusal('auth.forbidden');
      return [{ type: 'player.kicked', data: seated(whom) }];
    }

    case 'resign':
      return ended(room, { endedAt: now, reason: 'resign', by }, now);

    case 'end':
      // A host who leads must not be able to ring the bell on his opponent.
      if (!me || !other || command.gone.has(other.userId)) {
        return ended(room, { endedAt: now, reason: by === room.hostId ? 'host' : 'agreed', by }, now);
      }
      if (room.endOfferedBy === other.userId) return ended(room, { endedAt: now, reason: 'agreed', by }, now);
      return room.endOfferedBy === by ? [] : [{ type: 'contest.end-offered', data: seated(me) }];

    case 'claim':
      if (room.settings.onGone !== 'claim' || !other || !command.gone.has(other.userId)) {
        throw new Refusal('auth.forbidden', {
          onGone: room.settings.onGone,
          opponentGone: !!other && command.gone.has(other.userId),
        });
      }
      return ended(room, { endedAt: now, reason: 'forfeit', by }, now);

    case 'extend':
      return [{ type: 'contest.extended', data: { endsAt: room.endsAt! + Math.round(command.minutes * 60_000) } }];

    case 'reveal':
      return room.revealedAt === null && room.settings.freezeMinutes > 0 ? reveal(room, now) : [];

    case 'rematch':
      return rematch(room, me!, command.answer, command.nextRoomId);

    case 'submit':
      if (!room.problems.includes(command.problem)) throw new Refusal('problem.not-found');
      if (room.settings.languages && !room.settings.languages.includes(command.language))
        throw new Refusal('language.unknown');
      return [
        {
          type: 'submission.received',
          data: {
            ...seated(me!),
            submissionId: command.submissionId,
            problem: command.problem,
            language: command.language,
            receivedAt: now,
          },
        },
      ];
  }
}

/** The first events of a room: it is opened, and a host who plays takes seat 1. */
export function open(
  { userId, name, guest }: Person,
  { code, settings, locked }: { readonly code: string; readonly settings: Settings; readonly locked: boolean },
): Happening[] {
  // Whoever knows the problems beforehand and plays makes the contest casual.
  const casual = settings.hostPlays && !('count' in settings.problems);
  const opened: Happening = { type: 'room.opened', data: { code, hostId: userId, settings, locked, casual } };
  return settings.hostPlays ? [opened, { type: 'player.joined', data: { userId, name, guest, seat: 1 } }] : [opened];
}

/** Seats are taken in order, and a name is taken once: its second bearer gets a number. */
function join(room: Room, { kicked }: Standing, { userId, name, guest }: Person): Happening[] {
  if (room.players.some((player) => player.userId === userId) || room.hostId === userId) return [];
  if (kicked.has(userId)) throw new Refusal('room.kicked');
  switch (phaseOf(room)) {
    case 'lobby':
      break;
    case 'cancelled':
      throw new Refusal('room.closed');
    case 'judging':
    case 'final':
      throw new Refusal('contest.over');
    default:
      throw new Refusal('contest.already-started');
  }
  const seat = ([1, 2] as const).find((free) => room.players.every((player) => player.seat !== free));
  if (!seat) throw new Refusal('room.full');
  const taken = room.players.some((player) => sameName(player.name, name));
  return [{ type: 'player.joined', data: { userId, name: taken ? `${name} (2)` : name, guest, seat } }];
}
const sameName = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

function rematch(
  room: Room,
  me: Player,
  answer: 'offer' | 'withdraw' | 'accept' | 'decline',
  next: RoomId,
): Happening[] {
  const offeredBy = room.rematchOfferedBy;
  const declined: Happening = { type: 'rematch.declined', data: seated(me) };
  if (room.rematchRoomId !== null) return [];
  // One takes back his own offer and declines the other's; an echo of either never undoes a newer one.
  if (answer === 'withdraw') return offeredBy === me.userId ? [declined] : [];
  if (answer === 'decline') return offeredBy !== null && offeredBy !== me.userId ? [declined] : [];
  if (offeredBy !== null && offeredBy !== me.userId) return [{ type: 'rematch.accepted', data: { roomId: next } }];
  if (answer === 'accept') throw new Refusal('contest.not-ready');
  return offeredBy === null ? [{ type: 'rematch.offered', data: seated(me) }] : [];
}
