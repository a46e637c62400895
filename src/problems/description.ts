import { renderStatement } from './statement';
import type { ProblemRow, TestCaseRow } from '../store/tables/problems';

/** A problem as contestants read it. */
export function describe({ problem, samples }: { problem: ProblemRow; samples: readonly TestCaseRow[] }) {
  const { slug, title, statementHtml, cpuMs, memoryKiB } = problem;
  return {
    ...{ slug, title, statementHtml },
    samples: samples.map(({ input, answer, note }) => ({
      input,
      output: answer,
      ...(note !== null && { note, noteHtml: renderStatement(note) }),
    })),
    limits: { cpuMs, memoryKiB },
  };
}
