import { VERDICTS, type Label, type SubmissionId, type UserId } from '../../src/contract/terms';
import type { Room } from '../../src/core/room';

type Submission = Room['submissions'][number];

/** A submission on the timeline. */
export interface TimelinePoint {
  readonly submissionId: SubmissionId;
  readonly userId: UserId;
  readonly name: string;
  readonly problem: Label;
  readonly language: string;
  readonly verdict: Submission['verdict'];
  readonly seconds: number;
  /** It is what solved its problem: the first accepted one. */
  readonly isSolution: boolean;
  /** Problems its player had solved by then, this one included. */
  readonly solved: number;
}
/** How many problems one player had solved, as a line of steps. */
export interface TimelineLine {
  readonly userId: UserId;
  readonly name: string;
  /** Where the line goes up: from then on so many are solved. It begins at 0, 0. */
  readonly steps: readonly { readonly seconds: number; readonly solved: number }[];
}
export interface Timeline {
  /** In seat order. */
  readonly lines: readonly TimelineLine[];
  /** In the order of arrival. */
  readonly points: readonly TimelinePoint[];
  readonly durationSeconds: number;
  readonly mostSolved: number;
}

/** How a contest went over time. What came in too late or too early is no part of it. */
export function timelineOf({ players, submissions, startedAt, endsAt, endedAt }: Room): Timeline {
  if (startedAt === null) return { lines: [], points: [], durationSeconds: 0, mostSolved: 0 };
  const end = Math.min(endsAt ?? Infinity, endedAt ?? Infinity);
  const counted = submissions
    .filter(({ receivedAt }) => startedAt <= receivedAt && receivedAt < (endsAt ?? Infinity))
    .toSorted((a, b) => a.receivedAt - b.receivedAt);
  const points: TimelinePoint[] = [];
  const lines = players.map(({ userId, name }) => {
    const solved = new Set<Label>();
    const steps = [{ seconds: 0, solved: 0 }];
    for (const submission of counted.filter((one) => one.userId === userId)) {
      const { submissionId, problem, language, verdict, receivedAt } = submission;
      const seconds = (receivedAt - startedAt) / 1000;
      const isSolution = verdict !== 'PENDING' && VERDICTS[verdict].solved && !solved.has(problem);
      if (isSolution) steps.push({ seconds, solved: solved.add(problem).size });
      points.push({ submissionId, userId, name, problem, language, verdict, seconds, isSolution, solved: solved.size });
    }
    return { userId, name, steps };
  });
  return {
    lines,
    points: points.sort((a, b) => a.seconds - b.seconds),
    durationSeconds: Math.max(1, (end - startedAt) / 1000, ...points.map(({ seconds }) => seconds)),
    mostSolved: Math.max(0, ...points.map(({ solved }) => solved)),
  };
}

/** Round steps for an axis of contest time: at most so many marks, each a time people think in. */
export function timeMarks(durationSeconds: number, most: number): number[] {
  const step = STEPS.find((one) => durationSeconds / one <= most) ?? STEPS.at(-1)!;
  return Array.from({ length: Math.floor(durationSeconds / step) + 1 }, (_, index) => index * step);
}
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
