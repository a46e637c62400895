import { startJudge } from './embedded-judge';
import { assault, type Assault } from './hostile-programs';
import { MANIFEST } from './judge-programs';

/* Run as an ordinary user by attacks.spec.ts: judges the given groups and reports as JSON on stdout. */

export interface ReportAsUser {
  readonly available: boolean;
  readonly mode: string;
  readonly findings: readonly { readonly ok: boolean; readonly says: string }[];
  readonly assaults: readonly Assault[];
}

async function main(groups: readonly string[], placeholders: Record<string, string>): Promise<void> {
  const { judge, stop } = await startJudge();
  const { available, mode, findings } = await judge.capabilities();
  const assaults: Assault[] = [];
  const programs = available ? MANIFEST.programs.filter((program) => groups.includes(program.group)) : [];
  for (const program of programs)
    assaults.push(await assault(judge, program, { ...placeholders, JUDGE_PID: String(process.pid) }));
  await stop();
  const report: ReportAsUser = { available, mode, findings, assaults };
  process.stdout.write(JSON.stringify(report));
}

const [groups, placeholders] = process.argv.slice(2);
void main((groups ?? '').split(','), JSON.parse(placeholders ?? '{}') as Record<string, string>);
