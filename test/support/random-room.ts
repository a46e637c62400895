import fc from 'fast-check';
import type { Happening } from '../../src/contract/events';
import { Refusal } from '../../src/contract/refusals';
import type { Settings } from '../../src/contract/shapes';
import { VERDICTS, type Verdict } from '../../src/contract/terms';
import type { Move, Person } from '../../src/core/moves';
import { ANN, BEN, CAT, DAN, MINUTE, playersOf, SECOND, SUE, TestRoom } from './room-builder';

/** Something somebody tries, or time that passes. */
export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'join' | 'leave' | 'ban' | 'resign' | 'end' | 'claim'; readonly who: Person }
  | { readonly do: 'start' | 'cancel' | 'reveal'; readonly who: Person }
  | { readonly do: 'ready'; readonly who: Person; readonly ready: boolean }
  | { readonly do: 'kick'; readonly who: Person; readonly whom: Person }
  | { readonly do: 'extend'; readonly who: Person; readonly minutes: number }
  | { readonly do: 'rematch'; readonly who: Person; readonly answer: Extract<Move, { do: 'rematch' }>['answer'] }
  | { readonly do: 'submit'; readonly who: Person; readonly problem: string; readonly language: string }
  /** The `nth` submission of the room, whether it has a verdict or not. */
  | { readonly do: 'judge'; readonly nth: number; readonly verdict: Verdict }
  | { readonly do: 'gone'; readonly who: Person; readonly gone: boolean }
  | { readonly do: 'elapse' | 'close' | 'announce' };

export const VERDICT_CODES = Object.keys(VERDICTS) as Verdict[];
const who = fc.constantFrom(ANN, BEN, ANN, BEN, CAT, DAN, SUE);
const verdict = fc.constantFrom<Verdict>('AC', 'AC', ...VERDICT_CODES);
const step = <D extends Step['do']>(name: D) => fc.constant(name);

const waits = fc.record({ do: step('wait'), ms: fc.constantFrom(0, 1, SECOND, 5 * SECOND, MINUTE) });
const submits = fc.record({
  do: step('submit'),
  who,
  problem: fc.constantFrom('A', 'A', 'A', 'B', 'C', 'D'),
  language: fc.constantFrom('cpp', 'cpp', 'cpp', 'python'),
});
const judges = fc.record({ do: step('judge'), nth: fc.nat({ max: 7 }), verdict });

/** Whatever can be tried at all. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  waits,
  submits,
  judges,
  fc.record({ do: step('wait'), ms: fc.constantFrom(4 * MINUTE, 30 * MINUTE - 1, 30 * MINUTE) }),
  fc.record({ do: step('ready'), who, ready: fc.boolean() }),
  fc.record({ do: fc.constantFrom('join', 'end', 'claim', 'start', 'reveal', 'cancel', 'leave', 'resign'), who }),
  fc.record({ do: step('kick'), who, whom: who }),
  fc.record({ do: step('extend'), who, minutes: fc.constantFrom(0.1, 5) }),
  fc.record({ do: step('gone'), who, gone: fc.boolean() }),
  fc.record({ do: step('rematch'), who, answer: fc.constantFrom('offer', 'withdraw', 'accept', 'decline') }),
  fc.record({ do: fc.constantFrom('elapse', 'close', 'announce') }),
  fc.record({ do: step('ban'), who }),
);

/** What a contest consists of, and nothing that would end it. */
export const contest = fc.array(
  fc.oneof({ weight: 3, arbitrary: waits }, { weight: 6, arbitrary: submits }, { weight: 8, arbitrary: judges }),
  { maxLength: 35, size: 'max' },
);
const mostlyPlaying: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: waits },
  { weight: 6, arbitrary: submits },
  { weight: 8, arbitrary: judges },
  { weight: 1, arbitrary: anyStep },
);

export const anySettings: fc.Arbitrary<Partial<Settings>> = fc.record({
  minutes: fc.constant(10),
  problems: fc.constantFrom<Settings['problems']>({ count: 3 }, ['a-plus-b', 'b-side', 'c-shell']),
  hostPlays: fc.boolean(),
  timePrecision: fc.constantFrom('minute', 'second'),
  opponentView: fc.constantFrom('full', 'solved', 'blind'),
  freezeMinutes: fc.constantFrom(0, 9.5, 10),
  onGone: fc.constantFrom('continue', 'claim'),
  languages: fc.constantFrom(null, ['cpp']),
  countdownSeconds: fc.constantFrom(0, 5),
});

/** What leads to the final of a contest that was started, and past it. */
const ending: readonly Step[] = [
  { do: 'wait', ms: 30 * MINUTE },
  { do: 'elapse' },
  { do: 'close' },
  { do: 'reveal', who: ANN },
];

export interface Story {
  readonly settings: Partial<Settings>;
  readonly steps: readonly Step[];
}

/** Most rooms get as far as a running contest, and some to its very end; else chance would rarely bring them there. */
export const anyStory: fc.Arbitrary<Story> = fc
  .record({
    settings: anySettings,
    before: fc.array(anyStep, { maxLength: 8 }),
    starts: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    during: fc.array(mostlyPlaying, { maxLength: 30, size: 'max' }),
    ends: fc.nat({ max: ending.length }),
    after: fc.array(fc.oneof(mostlyPlaying, anyStep), { maxLength: 8, size: 'max' }),
  })
  .map(({ settings, before, starts, during, ends, after }) => ({
    settings,
    steps: [...(starts ? starting(settings) : before), ...during, ...ending.slice(0, ends), ...after],
  }));

export const starting = (settings: Partial<Settings>): Step[] => [
  ...playersOf(settings).flatMap((who): Step[] => [
    { do: 'join', who },
    { do: 'ready', who, ready: true },
  ]),
  { do: 'start', who: ANN },
  { do: 'wait', ms: 5 * SECOND },
  { do: 'elapse' },
];

/** One step: what happened, or the refusal it met. */
export function take(room: TestRoom, one: Step): Happening[] | Refusal {
  try {
    return attempt(room, one);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function attempt(room: TestRoom, one: Step): Happening[] {
  switch (one.do) {
    case 'wait':
      room.pass(one.ms);
      return [];
    case 'gone':
      if (one.gone) room.gone.add(one.who.userId);
      else room.gone.delete(one.who.userId);
      return [];
    case 'start':
      return room.start(one.who);
    case 'cancel':
      return room.cancel(one.who);
    case 'reveal':
      return room.reveal(one.who);
    case 'ready':
      return room.ready(one.who, one.ready);
    case 'kick':
      return room.kick(one.whom, one.who);
    case 'extend':
      return room.extend(one.minutes, one.who);
    case 'rematch':
      return room.rematch(one.who, one.answer);
    case 'announce':
      return room.announce('The printer is on fire.');
    case 'submit':
      room.submit(one.who, one.problem, one.language);
      return [];
    case 'judge': {
      const { submissions } = room.room;
      return submissions.length === 0
        ? []
        : room.judge(submissions[one.nth % submissions.length]!.submissionId, one.verdict);
    }
    case 'elapse':
    case 'close':
      return room[one.do]();
    default:
      return room[one.do](one.who);
  }
}

/** What came of a story. Refused steps are part of it and change nothing. */
export function play({ settings, steps }: Story): TestRoom {
  const room = new TestRoom(settings);
  for (const one of steps) take(room, one);
  return room;
}
