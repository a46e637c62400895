import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKER_JOBS } from './checker-jobs';
import { startJudge } from './embedded-judge';
import { assault, type Assault } from './hostile-programs';
import { judgedInTheEnd, MANIFEST } from './judge-programs';
import { processesNaming, programsIn } from './processes';

/* Run by judge-apart.ts: judges the given groups, as many programs at once as there are slots, and reports as JSON on stdout. */

export interface ReportApart {
  readonly available: boolean;
  readonly mode: string;
  readonly findings: readonly { readonly ok: boolean; readonly says: string }[];
  readonly assaults: readonly Assault[];
  /** What came of the jobs with checkers of their own. */
  readonly checked: Readonly<Record<string, string>>;
  /** Files of theirs that lie on the disk when all was judged. */
  readonly files: readonly string[];
  /** Programs that still ran when all was judged. */
  readonly leftOver: readonly number[];
}

type Changes = Parameters<typeof startJudge>[2];

async function main(groups: readonly string[], given: Record<string, string>, changes: Changes): Promise<void> {
  const { judge, dataDir, stop } = await startJudge(undefined, undefined, changes);
  const { available, mode, findings, slots } = await judge.capabilities();
  const placeholders = { ...given, JUDGE_PID: String(process.pid) };
  const waiting = available ? MANIFEST.programs.filter((program) => groups.includes(program.group)) : [];
  const assaults: Assault[] = [];
  const judgeOneByOne = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      assaults.push(await assault(judge, next, placeholders));
  };
  await Promise.all(Array.from({ length: slots }, judgeOneByOne));
  const checked: Record<string, string> = {};
  const check = async ([name, { job }]: (typeof jobs)[number]) => {
    checked[name] = (await judgedInTheEnd(judge, job)).verdict;
  };
  const jobs = available ? Object.entries(CHECKER_JOBS) : [];
  await Promise.all(jobs.map(check));
  const onDisk = readdirSync(join(dataDir, 'root'), { recursive: true }).map(String);
  const files = onDisk.filter((path) => /(input|answer|judgemessage)/.test(path));
  const leftOver = [...programsIn(judge.sandboxPids), ...processesNaming(join(dataDir, 'root', 'run-'))];
  await stop();
  const report: ReportApart = { available, mode, findings, assaults, checked, files, leftOver };
  process.stdout.write(JSON.stringify(report));
}

const [groups, placeholders, changes] = process.argv.slice(2);
void main(
  (groups ?? '').split(','),
  JSON.parse(placeholders ?? '{}') as Record<string, string>,
  JSON.parse(changes ?? '{}') as Changes,
);
