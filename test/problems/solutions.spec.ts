import { type SolutionReport, verifySolutions } from '../../src/judging/solutions';
import { BUNDLED } from '../../src/problems/catalogue';
import { listProblemFolders, readProblemFolder } from '../../src/problems/problem-folder';
import { startJudge } from '../support/embedded-judge';

/* Every solution of every bundled problem, judged by the real engine in the way of submissions. */

let reports: readonly SolutionReport[];

beforeAll(async () => {
  const folders = await listProblemFolders(BUNDLED);
  const problems = await Promise.all(folders.map(readProblemFolder));
  const { judge, stop } = await startJudge();
  try {
    reports = await verifySolutions(judge, problems);
  } finally {
    await stop();
  }
}, 400_000);

it('each gets what its name says', () => {
  expect(reports.filter(({ ok }) => !ok)).toEqual([]);
});

it('each problem has solutions of every kind', () => {
  for (const problem of new Set(reports.map((report) => report.problem))) {
    const verdicts = reports.filter((report) => report.problem === problem).map(({ verdict }) => verdict);
    expect({ problem, verdicts: [...new Set(verdicts)].sort() }).toEqual({ problem, verdicts: ['AC', 'TLE', 'WA'] });
  }
});
