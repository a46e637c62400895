import { accessSync, constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { readFileSync, realpathSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kill } from 'node:process';
import { Artifacts } from '../../src/adapters/embedded/judge/artifacts';
import { Sandbox } from '../../src/adapters/embedded/judge/sandbox.process';
import { visiblePaths } from '../../src/adapters/embedded/judge/toolchain';
import { keepersGroups } from '../soak/traces';
import { startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { MANIFEST } from '../support/judge-programs';
import { buildForTest } from '../support/sandbox-build';

/* Where the host lets us make cgroups, all memory of a slot is bounded at once, and no group stays behind. */

const lines = readFileSync('/proc/self/cgroup', 'utf8');
const ownOf1 = /^\d+:(?:\w+,)*memory(?:,\w+)*:(.*)$/m.exec(lines)?.[1];
const ownOf2 = /^0::(.*)$/m.exec(lines)?.[1];

/** Of version 1: whether groups can be made here. */
function isWritable(own: string): boolean {
  try {
    accessSync(join('/sys/fs/cgroup/memory', own), constants.W_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Of version 2: whether systemd gave us what is around our group. Node.js reads no extended attributes. */
const isDelegated = (own: string): boolean =>
  spawnSync('python3', [
    ...['-c', 'import os, sys; os.getxattr(sys.argv[1], "user.delegate")'],
    dirname(join('/sys/fs/cgroup', own)),
  ]).status === 0;

const canMake = ownOf1 === undefined ? ownOf2 !== undefined && isDelegated(ownOf2) : isWritable(ownOf1);

const groupsOf = (pids: readonly number[]): string[] =>
  keepersGroups().filter((group) => pids.includes(Number(/joust-(\d+)$/.exec(group)?.[1])));

it('the judge says whether it uses them, and leaves none when it is closed', async () => {
  const { judge, stop } = await startJudge(2);
  const { mode } = await judge.capabilities();
  const pids = judge.sandboxPids;
  const groups = groupsOf(pids);
  await stop();
  expect([mode.endsWith(', in cgroups'), groups.length > 0]).toEqual([canMake, canMake]);
  expect(groupsOf(pids)).toEqual([]);
});

if (canMake)
  describe('where they can be made', () => {
    it('bounds what a compiler and its children take together', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'joust-cgroup-'));
      await chmod(folder, 0o711);
      const [root, headers] = [join(folder, 'root'), join(folder, 'headers')];
      for (const place of [root, headers]) await mkdir(place, { mode: 0o711 });
      const artifacts = await Artifacts.open(join(folder, 'programs'));
      const { executable, remove } = await buildForTest('plain');
      const visible = visiblePaths([]);
      const place = { executable, root, programs: artifacts.folder, visible, hidden: [], headers };
      const sandbox = await Sandbox.start(place, 0);
      // each of them keeps to the limit
      await artifacts.write(
        'f00d',
        'import os, time\nfor _ in range(5):\n    if os.fork() == 0:\n        kept = b"x" * (200 << 20)\n        time.sleep(1)\n        os._exit(0)\nfor _ in range(5): os.wait()\n',
      );
      const [outcome] = await sandbox.run(
        [
          {
            ...{ ...MANIFEST.defaults.limits, cpuMs: 20_000, wallMs: 40_000, family: 'compiler', errorBytes: 4096 },
            ...{ program: 'f00d', name: 'main.py', argv: [realpathSync('/usr/bin/python3'), '-I', '/box/main.py'] },
            input: '',
          },
        ],
        new AbortController().signal,
      );
      await sandbox.close();
      await remove();
      await rm(folder, { recursive: true });
      expect({ reason: outcome!.reason, said: outcome!.err.toString() }).toEqual({ reason: 'memory', said: '' });
    });

    it('removes at the next start what was left by keepers that were killed', async () => {
      const first = await startJudge(2);
      const pids = first.judge.sandboxPids;
      expect(groupsOf(pids)).not.toEqual([]);
      for (const pid of pids) kill(pid, 'SIGKILL');
      await eventually('they are gone', () => first.judge.sandboxPids.length === 0);
      const second = await startJudge(2);
      expect(groupsOf(pids)).toEqual([]);
      await second.stop();
      await first.stop();
    });
  });
