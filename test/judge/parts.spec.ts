import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES } from '../../src/adapters/embedded/judge/languages';
import { printable } from '../../src/adapters/printable';
import { verdictOfRun } from '../../src/adapters/embedded/judge/run-verdict';
import { ABORTED, ReplyReader, type RunOutcome } from '../../src/adapters/embedded/judge/sandbox-protocol';
import { exposedPaths, findTool, hiddenPaths, placesOf } from '../../src/adapters/embedded/judge/toolchain';

const LIMIT_KIB = 262_144;
const { SIGKILL, SIGSEGV, SIGXCPU, SIGXFSZ } = constants.signals;

describe('the verdict of a run', () => {
  const outcome = (changes: Partial<RunOutcome>): RunOutcome => ({ ...ABORTED, reason: 'ended', exit: 0, ...changes });
  const failed = (said: string, memoryKiB: number) => outcome({ exit: 1, err: Buffer.from(said), memoryKiB });

  it.each([
    ['AC', outcome({}), true],
    ['WA', outcome({}), false],
    ['RTE', outcome({ exit: 42 }), true],
    ['RTE', outcome({ exit: null, signal: SIGSEGV }), true],
    ['RTE', outcome({ exit: null, signal: SIGKILL }), true],
    ['TLE', outcome({ reason: 'cpu', exit: null, signal: SIGKILL }), true],
    ['TLE', outcome({ reason: 'cpu', exit: 0 }), true],
    ['TLE', outcome({ reason: 'wall', exit: null, signal: SIGKILL }), true],
    ['TLE', outcome({ exit: null, signal: SIGXCPU }), true],
    ['MLE', outcome({ reason: 'memory', exit: null, signal: SIGKILL }), true],
    ['OLE', outcome({ reason: 'output', exit: null, signal: SIGKILL }), true],
    ['OLE', outcome({ exit: null, signal: SIGXFSZ }), true],
    ['MLE', failed('MemoryError', LIMIT_KIB / 2), true],
    ['RTE', failed('MemoryError', LIMIT_KIB / 10), true],
    ['RTE', failed('ValueError', LIMIT_KIB / 2), true],
  ] as const)('is %s for %o', (verdict, run, accepted) => {
    expect(verdictOfRun(run, LIMIT_KIB, () => accepted)).toBe(verdict);
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

it('puts a reply together from single bytes', () => {
  const frame = Buffer.alloc(32);
  [1, -1, 9, 1_002_000, 1_500_000, 2048, 3, 2].forEach((value, at) => frame.writeInt32LE(value, at * 4));
  const bytes = [...Buffer.concat([frame, Buffer.from('outer')])].map((byte) => Buffer.from([byte]));
  const reader = new ReplyReader();
  for (let twice = 0; twice < 2; twice += 1) {
    const replies = bytes.flatMap((byte) => reader.push(byte) ?? []);
    expect(replies).toEqual([
      {
        ...{ reason: 'cpu', exit: null, signal: 9, cpuMs: 1002, wallMs: 1500, memoryKiB: 2048 },
        ...{ out: Buffer.from('out'), err: Buffer.from('er') },
      },
    ]);
  }
});

describe('the toolchain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'joust-shims-'));
  const shim = join(folder, 'gcc');
  beforeAll(() => {
    writeFileSync(shim, '#!/bin/sh\necho 99.0\n');
    chmodSync(shim, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const c = LANGUAGES.find(({ id }) => id === 'c')!;

  it('passes over a shim, and says so', async () => {
    const { tool, findings } = await findTool({ ...c, commands: [shim, ...c.commands] });
    expect(tool?.version).not.toBe('99.0');
    expect(findings[0]).toMatchObject({ ok: false, says: expect.stringContaining(`${shim} cannot be used`) as string });
  });

  it('says what to install where nothing is found', async () => {
    const { tool, findings } = await findTool({ ...c, commands: ['no-such-compiler'] });
    expect(tool).toBeUndefined();
    expect(findings).toEqual([{ ok: false, says: 'C17: not found; install no-such-compiler to offer it.' }]);
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
