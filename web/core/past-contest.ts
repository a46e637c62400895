import type { RoomEvent, SeenEvent } from '../../src/contract/events';
import type { LeaderboardRow } from '../../src/contract/leaderboard';
import type { RoomId } from '../../src/contract/terms';
import { evolve, unopened, type Room } from '../../src/core/room';
import { leaderboardFor } from '../../src/core/view';
import type { AnswerOf, Api } from './api';

export type PastSubmission = AnswerOf<'GET /api/rooms/:roomId/submissions'>['items'][number];
type RoomProblem = AnswerOf<'GET /api/rooms/:roomId/problems'>['problems'][number];

/** A contest that is over, with all that its reader may know of it. */
export interface PastContest {
  readonly room: Room;
  /** The whole log, dense from 1. */
  readonly events: readonly SeenEvent[];
  readonly problems: readonly RoomProblem[];
  /** With their code where the reader may see it. */
  readonly submissions: readonly PastSubmission[];
}

/**
 * Gets a contest and its log. Before the contest is final only the room is of use: problems and
 * submissions are left out.
 *
 * @throws {Refused} room.not-found, also for a room one was never in; {Away}
 */
export async function loadContest(api: Api, roomId: RoomId): Promise<PastContest> {
  const events = await loadLog(api, roomId);
  const room = roomAt(roomId, events, events.length);
  if (room.finalizedAt === null) return { room, events, problems: [], submissions: [] };
  const [{ problems }, submissions] = await Promise.all([
    api.ask('GET /api/rooms/:roomId/problems', { params: { roomId } }),
    loadSubmissions(api, roomId),
  ]);
  return { room, events, problems, submissions };
}

/** Of a very long log only a beginning comes at once. */
async function loadLog(api: Api, roomId: RoomId): Promise<SeenEvent[]> {
  const log: SeenEvent[] = [];
  for (;;) {
    const { events } = await api.ask('GET /api/rooms/:roomId/events', {
      params: { roomId },
      query: { after: log.length },
    });
    if (events.length === 0) return log;
    log.push(...(events as SeenEvent[]));
  }
}

async function loadSubmissions(api: Api, roomId: RoomId): Promise<PastSubmission[]> {
  const all: PastSubmission[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await api.ask('GET /api/rooms/:roomId/submissions', {
      params: { roomId },
      query: { cursor },
    });
    all.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** The room as it was after the first `position` events of its log. */
export const roomAt = (roomId: RoomId, events: readonly SeenEvent[], position: number): Room =>
  events.slice(0, position).reduce<Room>(evolve, unopened(roomId));

/** The leaderboard of a room folded from events: what its reader was not told is not in them, so nothing has to be hidden. */
export const boardAt = (room: Room): LeaderboardRow[] => leaderboardFor(room, 'referee');

/** A place in the log at which something happened that the replay shows. */
export interface ReplayStep {
  /** How many events of the log have happened by then. */
  readonly position: number;
  /** Contest time; what happened after the end happened at the end. */
  readonly seconds: number;
  readonly event: RoomEvent;
}

const SHOWN: readonly RoomEvent['type'][] = [
  ...(['contest.started', 'submission.received', 'submission.judged', 'contest.extended'] as const),
  ...(['contest.end-offered', 'contest.ended', 'contest.finalized', 'contest.revealed'] as const),
];

/** What the replay goes through, from the start of the contest to its result. */
export function stepsOf({ room, events }: Pick<PastContest, 'room' | 'events'>): ReplayStep[] {
  const { startedAt, endedAt } = room;
  if (startedAt === null) return [];
  return events.flatMap((event, index) => {
    if (!('type' in event) || !SHOWN.includes(event.type)) return [];
    const at = Math.min(momentOf(event), endedAt ?? Infinity);
    return { position: index + 1, seconds: Math.max(0, (at - startedAt) / 1000), event };
  });
}

const momentOf = (event: RoomEvent): number =>
  event.type === 'submission.received' ? event.data.receivedAt : event.at;

const WHOLE_REPLAY_MS = 20_000;
const PAUSES_MS = { least: 250, most: 1_500 } as const;

/** How long a replay that runs waits before a step: in proportion to what passed, but never so long that nothing seems to happen. */
export function pauseBefore(steps: readonly ReplayStep[], index: number): number {
  const whole = steps.at(-1)!.seconds - steps[0]!.seconds;
  const passed = steps[index]!.seconds - steps[index - 1]!.seconds;
  const share = whole === 0 ? 0 : passed / whole;
  return Math.min(PAUSES_MS.most, Math.max(PAUSES_MS.least, share * WHOLE_REPLAY_MS));
}
