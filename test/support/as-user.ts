import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReportAsUser } from './judge-as-user.child';

const NOBODY = 65_534;

/** Judges whole groups in a process of an ordinary user, below `wrapper` if given. */
export async function judgeAsUser(
  groups: readonly string[],
  placeholders: Readonly<Record<string, string>>,
  wrapper: readonly string[] = [],
): Promise<ReportAsUser> {
  const script = join(__dirname, 'judge-as-user.child.ts');
  const tsx = require.resolve('tsx');
  const command = [
    ...wrapper,
    process.execPath,
    '--import',
    tsx,
    script,
    groups.join(','),
    JSON.stringify(placeholders),
  ];
  const { stdout } = await promisify(execFile)(command[0]!, command.slice(1), {
    // whoever runs the tests as an ordinary user is one already
    ...(process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
    maxBuffer: 2 ** 26,
    cwd: join(__dirname, '../..'),
  });
  return JSON.parse(stdout) as ReportAsUser;
}
