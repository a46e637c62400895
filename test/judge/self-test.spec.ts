import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { buildSandbox } from '../../src/adapters/embedded/judge/sandbox-build';
import { FEW_LANGUAGES } from '../support/embedded-judge';
import { judged, simpleJob } from '../support/judge-programs';
import { ROOT } from '../support/source-tree';

/* A sandbox from which one wall was taken must judge nothing, and say which it is. */

const SOURCES = join(ROOT, 'src/adapters/embedded/judge');
const isRoot = process.getuid?.() === 0;

/** What stands in a source, and what is put in its place. */
type Change = readonly [file: string, from: string, to: string];

const NO_NAMESPACES: readonly Change[] = [
  ['sandbox-root.c', 'if (is_root && unshare(ours) == 0)', 'if (0)'],
  ['sandbox-root.c', '} else if (unshare(CLONE_NEWUSER | ours) == 0) {', '} else if (0) {'],
];
const FILTER: Change = ['sandbox-program.c', 'if (install_filter(', 'if (0 && install_filter('];
const IDENTITY: Change = ['sandbox-program.c', 'if (is_root) {', 'if (0) {'];
const LANDLOCK: Change = ['sandbox-program.c', 'if (syscall(SYS_landlock_restrict_self, 3, 0))', 'if (0)'];

const MISSING: readonly (readonly [wall: string, says: RegExp, changes: readonly Change[]])[] = [
  ['the filter', /open a socket|make an anonymous file/, [FILTER]],
  ['the filter, where it is one of two walls', /open a socket/, [FILTER, ...NO_NAMESPACES]],
  [
    'one line of the filter',
    /open a local socket/,
    [['syscall-filter.c', 'SYS_read, SYS_write,', 'SYS_socket, SYS_read, SYS_write,']],
  ],
  ['Landlock, where it hides the files', /read the host's users/, [LANDLOCK, ...NO_NAMESPACES]],
  [
    'the bareness of the root',
    /read the host's processes/,
    [['sandbox-root.c', 'show(root, "/dev/null");', 'show(root, "/dev/null");\n    show(root, "/proc");']],
  ],
  ['the limits', /do without limits/, [['sandbox-program.c', '!limit_use(0, asked)', '0']]],
  [
    'the seal of the input',
    /change the input/,
    [['sandbox-box.c', 'F_SEAL_WRITE | F_SEAL_GROW', 'F_SEAL_SHRINK | F_SEAL_SHRINK']],
  ],
  ...(isRoot ? ([['an identity of its own', /be root/, [IDENTITY]]] as const) : []),
];

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'joust-self-test-'));
  folders.push(folder);
  execFileSync('chmod', ['711', folder]);
  return folder;
}

/** Puts a sandbox with these changes where the judge keeps the one it built. */
async function replaceSandbox(dataDir: string, changes: readonly Change[]): Promise<void> {
  const executable = await buildSandbox(dataDir);
  const sources = newFolder();
  for (const name of readdirSync(SOURCES).filter((one) => one.endsWith('.c')))
    cpSync(join(SOURCES, name), join(sources, name));
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(sources, file), 'utf8');
    expect(text.split(from).length).toBe(2);
    writeFileSync(join(sources, file), text.replace(from, to));
  }
  rmSync(executable);
  execFileSync('cc', ['-O1', '-w', '-o', executable, join(sources, 'sandbox.c')]);
}

it.each(MISSING)('finds that %s is missing', async (_, says, changes) => {
  const dataDir = newFolder();
  await replaceSandbox(dataDir, changes);
  const judge = await EmbeddedJudge.start({ dataDir, slots: 2, languages: FEW_LANGUAGES });
  try {
    const { available, mode, findings } = await judge.capabilities();
    expect({ available, mode }).toEqual({ available: false, mode: 'unavailable' });
    expect(findings.filter(({ ok }) => !ok).map((finding) => finding.says)).toContainEqual(expect.stringMatching(says));
    expect((await judged(judge, simpleJob('python', 'print(1)'))).events).toMatchObject([
      { type: 'error', retryable: true },
    ]);
  } finally {
    await judge.close();
  }
});

it('finds nothing where nothing is missing', async () => {
  const dataDir = newFolder();
  await replaceSandbox(dataDir, []);
  const judge = await EmbeddedJudge.start({ dataDir, slots: 2, languages: FEW_LANGUAGES });
  const { available, findings } = await judge.capabilities();
  await judge.close();
  expect({ available, open: findings.filter(({ ok }) => !ok) }).toEqual({ available: true, open: [] });
});
