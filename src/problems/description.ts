import type { DescribedProblem } from '../store/problem.store';
import { renderNote } from './statement';

/** A problem as contestants read it. */
export function describe({ slug, title, statementHtml, checker, cpuMs, memoryKiB, samples }: DescribedProblem) {
  return {
    ...{ slug, title, statementHtml },
    samples: samples.map(({ input, answer, note }) => ({
      input,
      output: answer,
      ...(note !== null && { note, noteHtml: renderNote(note) }),
    })),
    limits: { cpuMs, memoryKiB },
    checker: 'source' in checker ? checker.kind : ('answer' as const),
  };
}
