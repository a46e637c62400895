import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { explained, inWords } from '../../src/adapters/embedded/judge/mode-in-words';
import { LANGUAGES } from '../../src/adapters/embedded/judge/languages';
import { Proofs } from '../../src/adapters/embedded/judge/proofs';
import { printable } from '../../src/adapters/printable';
import { failureOf } from '../../src/adapters/embedded/judge/run-verdict';
import { ABORTED, ReplyReader, type RunOutcome } from '../../src/adapters/embedded/judge/sandbox-protocol';
import { exposedPaths, findTool, hiddenPaths, placesOf } from '../../src/adapters/embedded/judge/toolchain';

const LIMIT_KIB = 262_144;
const { SIGKILL, SIGSEGV, SIGXCPU, SIGXFSZ } = constants.signals;

describe('what a run failed by', () => {
  const outcome = (changes: Partial<RunOutcome>): RunOutcome => ({ ...ABORTED, reason: 'ended', exit: 0, ...changes });
  const failed = (said: string, memoryKiB: number) => outcome({ exit: 1, err: Buffer.from(said), memoryKiB });

  it.each([
    [undefined, outcome({})],
    ['RTE', outcome({ exit: 42 })],
    ['RTE', outcome({ exit: null, signal: SIGSEGV })],
    ['RTE', outcome({ exit: null, signal: SIGKILL })],
    ['TLE', outcome({ reason: 'cpu', exit: null, signal: SIGKILL })],
    ['TLE', outcome({ reason: 'cpu', exit: 0 })],
    ['TLE', outcome({ reason: 'wall', exit: null, signal: SIGKILL })],
    ['TLE', outcome({ exit: null, signal: SIGXCPU })],
    ['MLE', outcome({ reason: 'memory', exit: null, signal: SIGKILL })],
    ['OLE', outcome({ reason: 'output', exit: null, signal: SIGKILL })],
    ['OLE', outcome({ exit: null, signal: SIGXFSZ })],
    ['MLE', failed('MemoryError', LIMIT_KIB / 2)],
    ['RTE', failed('MemoryError', LIMIT_KIB / 10)],
    ['RTE', failed('ValueError', LIMIT_KIB / 2)],
  ] as const)('is %s for %o', (failure, run) => {
    expect(failureOf(run, LIMIT_KIB)).toBe(failure);
  });
});

describe('printable output', () => {
  it('holds neither NUL nor broken characters', () => {
    expect(printable(Buffer.from([55, 0, 0xff, 0xed, 0xa0, 0x80, 10]))).toMatch(/^7\ufffd+\n$/);
  });

  it.each(['a', 'é', '世', '🎉', '\0'])('of many %j ends within 8 KiB and not inside a character', (character) => {
    const text = printable(Buffer.from(character.repeat(9000)));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
    expect(Buffer.byteLength(text)).toBeGreaterThan(8192 - 4);
    expect(new Set(text).size).toBe(1);
  });
});

it.each([
  [
    { namespaces: true, root: true, landlock: 6 },
    'namespaces and Landlock, as root',
    /an identity of its own\. Landlock is a second wall/,
  ],
  [{ namespaces: true, root: true, landlock: 0 }, 'namespaces, as root', /would be Landlock, in Linux 5\.13/],
  [
    { namespaces: true, root: false, landlock: 1 },
    'namespaces and Landlock, as an ordinary user',
    /the identity of this server/,
  ],
  [
    { namespaces: false, root: false, landlock: 4 },
    'Landlock, as an ordinary user',
    /no namespaces: .*run this as root/,
  ],
])('says of %j what it is and what it means', (mode, name, means) => {
  expect(inWords({ ...mode, cgroup: false })).toBe(name);
  expect(inWords({ ...mode, cgroup: true })).toBe(`${name}, in cgroups`);
  expect(explained({ ...mode, cgroup: false })).toMatch(means);
});

it('puts a reply together from single bytes', () => {
  const frame = Buffer.alloc(36);
  [1, -1, 9, 1_002_000, 1_500_000, 20_000, 2048, 3, 2].forEach((value, at) => frame.writeInt32LE(value, at * 4));
  const bytes = [...Buffer.concat([frame, Buffer.from('outer')])].map((byte) => Buffer.from([byte]));
  const reader = new ReplyReader();
  for (let twice = 0; twice < 2; twice += 1) {
    const replies = bytes.flatMap((byte) => reader.push(byte));
    expect(replies).toEqual([
      {
        ...{ reason: 'cpu', exit: null, signal: 9, cpuMs: 1002, wallMs: 1500, waitedMs: 20, memoryKiB: 2048 },
        ...{ out: Buffer.from('out'), err: Buffer.from('er') },
      },
    ]);
  }
});

describe('the toolchain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'joust-shims-'));
  const shim = join(folder, 'gcc');
  let proofs: Proofs;
  beforeAll(async () => {
    proofs = await Proofs.open(folder);
    writeFileSync(shim, '#!/bin/sh\necho 99.0\n');
    chmodSync(shim, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const c = LANGUAGES.find(({ id }) => id === 'c')!;

  it('passes over a shim, and says so', async () => {
    const { tool, findings } = await findTool({ ...c, commands: [shim, ...c.commands] }, proofs);
    expect(tool?.version).not.toBe('99.0');
    expect(findings[0]).toMatchObject({ ok: false, says: expect.stringContaining(`${shim} cannot be used`) as string });
  });

  it('says what to install where nothing is found', async () => {
    const { tool, findings } = await findTool({ ...c, commands: ['no-such-compiler'] }, proofs);
    expect(tool).toBeUndefined();
    expect(findings).toEqual([{ ok: false, says: 'C17: not found (Debian: apt install gcc libc6-dev).' }]);
  });

  it('searches the PATH in order, ignoring what is not absolute', () => {
    expect(placesOf(['gcc'], `.:relative:${folder}:/nowhere`)).toEqual([shim]);
  });

  it('hides folders below what is shown, but never what holds what is shown', () => {
    const visible = [join(folder, 'shown'), '/usr/lib'];
    expect(hiddenPaths([folder], visible)).not.toContain(folder);
    expect(hiddenPaths([folder], ['/usr/lib'])).toContain(folder);
    expect(exposedPaths(['/usr/lib/joust'], visible)).toEqual(['/usr/lib/joust']);
  });
});
