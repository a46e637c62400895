import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReportApart } from './judge-apart.child';

const NOBODY = 65_534;

interface Surroundings {
  /** As an ordinary user, whoever runs the tests; else as that one. */
  readonly asUser: boolean;
  /** What to call before the command, to take something away from it. */
  readonly wrapper?: readonly string[];
}
interface Apart extends Surroundings {
  /** The groups of programs to judge. */
  readonly groups: readonly string[];
  readonly placeholders: Readonly<Record<string, string>>;
  /** As on a host without a compiler the sandbox could be built with. */
  readonly throughBubblewrap?: boolean;
}

/** Judges whole groups in a process of its own. */
export function judgeApart(apart: Apart): Promise<ReportApart> {
  const { groups, placeholders, throughBubblewrap, ...surroundings } = apart;
  const changes = throughBubblewrap ? { compilers: [] } : {};
  const told = [groups.join(','), JSON.stringify(placeholders), JSON.stringify(changes)];
  return runApart('judge-apart.child.ts', told, surroundings);
}

/** What a script beside this file, in a process of its own, reports on stdout. */
export async function runApart<Report>(
  script: string,
  told: readonly string[],
  { asUser, wrapper = [] }: Surroundings,
): Promise<Report> {
  const tsx = require.resolve('tsx');
  const command = [...wrapper, process.execPath, '--import', tsx, join(__dirname, script), ...told];
  const { stdout } = await promisify(execFile)(command[0]!, command.slice(1), {
    // whoever runs the tests as an ordinary user is one already
    ...(asUser && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
    // and between other walls, so that nothing is known of what works there
    env: { ...process.env, JOUST_TEST_SHARED: undefined },
    maxBuffer: 2 ** 28,
    cwd: join(__dirname, '../..'),
  });
  return JSON.parse(stdout) as Report;
}
