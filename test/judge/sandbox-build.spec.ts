import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Artifacts } from '../../src/adapters/embedded/judge/artifacts';
import { buildSandbox, compileSandbox, COMPILERS, sourceHash } from '../../src/adapters/embedded/judge/sandbox-build';
import { Sandbox } from '../../src/adapters/embedded/judge/sandbox.process';
import { placesOf, visiblePaths } from '../../src/adapters/embedded/judge/toolchain';
import { MANIFEST } from '../support/judge-programs';

/* The sandbox on a host without a compiler: the one that was released, if it is of these sources. */

const folder = mkdtempSync(join(tmpdir(), 'joust-release-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [cc] = placesOf(COMPILERS);
const release = (hash: string, into: string) => compileSandbox(cc!, ['-Werror', '-static'], hash, into);

it('is compiled where there is a compiler, and only once', async () => {
  const own = join(folder, 'own');
  const executable = await buildSandbox(own, COMPILERS, join(folder, 'nothing'));
  expect(executable.startsWith(own)).toBe(true);
  expect(execFileSync(executable, ['--source']).toString()).toBe(`${await sourceHash()}\n`);
  expect(await buildSandbox(own, [], join(folder, 'nothing'))).toBe(executable);
});

it('is taken from the release where there is none, and needs no library of the host', async () => {
  const prebuilt = join(folder, 'release', 'sandbox');
  await release(await sourceHash(), prebuilt);
  const executable = await buildSandbox(join(folder, 'empty'), [], prebuilt);
  expect(executable).toBe(prebuilt);
  // nothing to load it with is named in it
  expect(readFileSync(prebuilt).includes('/ld-linux')).toBe(false);

  chmodSync(join(folder, 'release'), 0o711);
  const [root, headers] = [join(folder, 'root'), join(folder, 'headers')];
  for (const place of [root, headers]) mkdirSync(place, { mode: 0o711 });
  const artifacts = await Artifacts.open(join(folder, 'programs'));
  await artifacts.write('f00d', readFileSync('/bin/cat'));
  const place = { executable, root, programs: artifacts.folder, visible: visiblePaths([]), hidden: [], headers };
  const sandbox = await Sandbox.start(place, 0);
  const [outcome] = await sandbox.run(
    [
      {
        ...{ ...MANIFEST.defaults.limits, family: 'native', errorBytes: 4096 },
        ...{ program: 'f00d', name: 'program', argv: ['/box/program'], input: 'said' },
      },
    ],
    new AbortController().signal,
  );
  await sandbox.close();
  expect({ reason: outcome!.reason, out: outcome!.out.toString() }).toEqual({ reason: 'ended', out: 'said' });
});

it('is refused where the release is of other sources', async () => {
  const stale = join(folder, 'stale', 'sandbox');
  await release('0123456789abcdef', stale);
  await expect(buildSandbox(join(folder, 'empty'), [], stale)).rejects.toThrow('built from other sources');
});

it('is said to need a compiler where there is neither', async () => {
  await expect(buildSandbox(join(folder, 'empty'), [], join(folder, 'nothing'))).rejects.toThrow('install gcc');
});
