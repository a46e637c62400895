import { CheckerFault } from '../../src/adapters/embedded/judge/checker';
import { ABORTED, type RunOutcome } from '../../src/adapters/embedded/judge/sandbox-protocol';
import { verdictOfTalk } from '../../src/adapters/embedded/judge/talk-verdict';

/* What a program's end and its interactor's mean together, by who ended first. */

const ended = (changes: Partial<RunOutcome>): RunOutcome => ({ ...ABORTED, reason: 'ended', exit: 0, ...changes });
const PROGRAMS = {
  'ends well': ended({}),
  crashes: ended({ exit: 1 }),
  'meets the wall clock': ended({ reason: 'wall', exit: null, signal: 9 }),
  'is too big': ended({ reason: 'memory', exit: null, signal: 9 }),
  'prints too much': ended({ reason: 'output', exit: null, signal: 9 }),
};
const INTERACTORS = {
  'says right': ended({ exit: 42 }),
  'says wrong': ended({ exit: 43 }),
  'says nothing': ended({ exit: 1 }),
  crashes: ended({ exit: null, signal: 11 }),
  'must be ended': ended({ reason: 'wall', exit: null, signal: 9 }),
};

it.each<[keyof typeof PROGRAMS, keyof typeof INTERACTORS, string, string]>([
  ['ends well', 'says right', 'AC', 'AC'],
  ['ends well', 'says wrong', 'WA', 'WA'],
  ['ends well', 'says nothing', 'JE', 'JE'],
  ['ends well', 'crashes', 'JE', 'JE'],
  ['ends well', 'must be ended', 'JE', 'JE'],
  ['crashes', 'says right', 'RTE', 'AC'],
  ['crashes', 'says wrong', 'RTE', 'WA'],
  ['crashes', 'says nothing', 'RTE', 'JE'],
  ['crashes', 'crashes', 'RTE', 'JE'],
  ['crashes', 'must be ended', 'JE', 'JE'],
  ['meets the wall clock', 'says right', 'TLE', 'TLE'],
  ['meets the wall clock', 'says wrong', 'TLE', 'WA'],
  ['meets the wall clock', 'says nothing', 'TLE', 'JE'],
  ['meets the wall clock', 'must be ended', 'JE', 'JE'],
  ['is too big', 'says right', 'MLE', 'MLE'],
  ['is too big', 'says wrong', 'MLE', 'WA'],
  ['prints too much', 'says right', 'OLE', 'OLE'],
  ['prints too much', 'says wrong', 'OLE', 'WA'],
])('a program that %s with an interactor that %s gets %s, or %s where the interactor was first', (...row) => {
  const [program, interactor, verdict, verdictAfter] = row;
  const inOrder = (programMs: number, interactorMs: number) => {
    try {
      const [one, other] = [PROGRAMS[program], INTERACTORS[interactor]];
      const timed = [
        { ...one, wallMs: programMs },
        { ...other, wallMs: interactorMs },
      ] as const;
      return verdictOfTalk(...timed, { convention: 'kattis' }, 65_536);
    } catch (error) {
      if (!(error instanceof CheckerFault)) throw error;
      return 'JE';
    }
  };
  expect([inOrder(1, 2), inOrder(2, 1)]).toEqual([verdict, verdictAfter]);
});
