import { z } from 'zod';
import {
  LeaderboardShape,
  Moment,
  RoomIdShape,
  RoomProblemShape,
  RoomShape,
  SubmissionIdShape,
  SubmissionShape,
  TrialShape,
} from './shapes';
import { page } from './answers';
import { SeenEventShape } from './events';
import type { RefusalCode } from './refusals';
import type { Route } from './route';
import {
  OpenRoom,
  JoinRoom,
  Nothing,
  SetReady,
  Kick,
  Extend,
  Rematch,
  Submit,
  Try,
  PageQuery,
  EventsQuery,
} from './requests';

const inRoom = { roomId: RoomIdShape };
const moves = ['room.not-found', 'room.not-member', 'room.not-host', 'room.closed'] as const satisfies RefusalCode[];
const attempts = [
  ...(['room.not-found', 'room.not-member', 'room.closed', 'contest.not-running', 'contest.over'] as const),
  ...(['problem.not-found', 'language.unknown', 'source.empty', 'source.too-large', 'source.invalid'] as const),
  'queue.full',
] as const satisfies RefusalCode[];

const move = <B extends z.ZodType>(says: string, body: B, ...more: RefusalCode[]) => ({
  says: `${says} The same again is the same answer.`,
  params: inRoom,
  body,
  status: 204,
  refusals: [...moves, ...more],
});

/** A room and all that happens in it: requests of its people, by CONTRACT. */
export const ROOM_ROUTES = {
  'POST /api/rooms': {
    says: 'Opens a room. A password that was made is told only here.',
    body: OpenRoom,
    status: 201,
    answer: z.object({ room: RoomShape, password: z.string().optional() }),
    refusals: ['player.already-in-a-room', 'problem.not-found', 'language.unknown'],
  },
  'POST /api/rooms/join': {
    says: 'Joins a room by its code. Joining twice is the same answer.',
    body: JoinRoom,
    status: 200,
    answer: z.object({ room: RoomShape }),
    refusals: [
      'room.not-found',
      'room.wrong-password',
      'room.full',
      'room.kicked',
      'room.closed',
      'player.already-in-a-room',
      'contest.already-started',
      'contest.over',
      'auth.forbidden',
    ],
  },
  'GET /api/rooms/:roomId': {
    says: 'The room as I may see it, and its position in the log.',
    params: inRoom,
    status: 200,
    answer: z.object({ room: RoomShape, seq: z.number(), serverNow: Moment }),
    refusals: ['room.not-found'],
  },
  'POST /api/rooms/:roomId/ready': move(
    'Says whether I am ready.',
    SetReady,
    'contest.already-started',
    'contest.over',
  ),
  'POST /api/rooms/:roomId/start': move(
    'Starts the countdown.',
    Nothing,
    'contest.not-ready',
    'contest.over',
    'problem.not-found',
  ),
  'POST /api/rooms/:roomId/end': move(
    'A referee ends; a player offers to end, and the opponent’s own call agrees. Alone once the opponent is gone.',
    Nothing,
    'contest.not-running',
  ),
  'POST /api/rooms/:roomId/leave': move('Frees my seat; while running this is resigning.', Nothing),
  'POST /api/rooms/:roomId/cancel': move(
    'Cancels a room whose contest has not started.',
    Nothing,
    'contest.already-started',
    'contest.over',
  ),
  'POST /api/rooms/:roomId/kick': move(
    'Removes a player before the start; he cannot come back.',
    Kick,
    'auth.forbidden',
    'contest.already-started',
    'contest.over',
  ),
  'POST /api/rooms/:roomId/resign': move(
    'Gives the win to the opponent.',
    Nothing,
    'contest.not-running',
    'contest.over',
  ),
  'POST /api/rooms/:roomId/extend': {
    ...move('Adds time to the running contest.', Extend, 'contest.not-running', 'contest.over'),
    says: 'Adds time to the running contest. Each call adds again.',
  },
  'POST /api/rooms/:roomId/claim': move(
    'Claims the win over an opponent who is gone, where the room allows it.',
    Nothing,
    'contest.not-running',
    'contest.over',
    'auth.forbidden',
  ),
  'POST /api/rooms/:roomId/reveal': move(
    'Lifts the freeze of a contest that is final.',
    Nothing,
    'contest.not-running',
    'contest.not-ready',
  ),
  'POST /api/rooms/:roomId/rematch': move(
    'Offers, withdraws, accepts or declines a rematch.',
    Rematch,
    'contest.not-running',
    'contest.not-ready',
    'player.already-in-a-room',
  ),
  'GET /api/rooms/:roomId/problems': {
    says: 'The statements, from the start on.',
    params: inRoom,
    status: 200,
    answer: z.object({ problems: z.array(RoomProblemShape) }),
    refusals: ['room.not-found', 'room.closed', 'contest.not-running'],
  },
  'POST /api/rooms/:roomId/submissions': {
    says: 'Submits. What is accepted is kept and judged. The same key and body again is the same answer, also after the end.',
    params: inRoom,
    body: Submit,
    status: 202,
    answer: z.object({ submissionId: SubmissionIdShape, receivedAt: Moment, seq: z.number() }),
    refusals: [...attempts, 'submission.key-reused'],
  },
  'GET /api/rooms/:roomId/submissions': {
    says: 'My submissions while the contest runs, everybody’s once it is final.',
    params: inRoom,
    query: PageQuery,
    status: 200,
    answer: page(SubmissionShape),
    refusals: ['room.not-found'],
  },
  'GET /api/submissions/:submissionId': {
    says: 'One submission with its tests and source, as far as I may see them.',
    params: { submissionId: SubmissionIdShape },
    status: 200,
    answer: SubmissionShape,
    refusals: ['submission.not-found'],
  },
  'POST /api/rooms/:roomId/trials': {
    says: 'Runs a program on the samples, or on own input. Never scored.',
    params: inRoom,
    body: Try,
    status: 202,
    answer: z.object({ trialId: z.string() }),
    refusals: attempts,
  },
  'GET /api/trials/:trialId': {
    says: 'A trial of mine and its result, once there is one.',
    params: { trialId: z.string() },
    status: 200,
    answer: TrialShape,
    refusals: ['submission.not-found'],
  },
  'GET /api/rooms/:roomId/leaderboard': {
    says: 'The standings as I may see them.',
    params: inRoom,
    status: 200,
    answer: LeaderboardShape,
    refusals: ['room.not-found'],
  },
  'GET /api/rooms/:roomId/events': {
    says: 'The log after a position, as I may see it.',
    params: inRoom,
    query: EventsQuery,
    status: 200,
    answer: z.object({ events: z.array(SeenEventShape), seq: z.number() }),
    refusals: ['room.not-found'],
  },
  'GET /api/rooms/:roomId/stream': {
    says: 'The log as Server-Sent Events; id is seq, and Last-Event-ID resumes.',
    params: inRoom,
    query: EventsQuery,
    status: 200,
    refusals: ['room.not-found'],
  },
} as const satisfies Record<string, Route>;
