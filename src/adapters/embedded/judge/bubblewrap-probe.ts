import type { Probe } from './self-test';
import { ANSWERS, executableOf } from './system-calls';

/*
 * What sandbox-probe.c tries, for boxes of bubblewrap: there was no compiler to make that. The numbers are
 * those of x86_64, the flags those of Linux.
 */

type Call = Parameters<typeof executableOf>[0][number];
interface Attempt {
  readonly what: string;
  readonly call: Call;
  readonly isPossible: (answer: number, scratch: Buffer) => boolean;
}

const [ENOSYS, EFAULT] = [-38, -14];
const SCRATCH_BYTES = 4096;
/** The scratch memory begins with what limits there are. */
const LIMITS = { CPU: 0, FSIZE: 1, DATA: 2, CORE: 4, NPROC: 6, NOFILE: 7, MEMLOCK: 8, SIGPENDING: 11 };
const TEXT_AT = 1024;

const text = (words: string) => Buffer.from(`${words}\0`, 'latin1');
const attempt = (
  what: string,
  number: number,
  args: Call['args'] = [],
  isPossible: Attempt['isPossible'] = (answer) => answer >= 0,
): Attempt => ({ what, call: { number, args }, isPossible });
const opening = (what: string, path: string, flags = 0) => attempt(what, 2, [text(path), flags, 0o600]);
const CREATE = 0o101;

/** Descriptors first, for then the first file it opens is 3. `hidden` is a folder of the judge's, where it keeps everybody's programs. */
const attempts = (hidden: string): Attempt[] => [
  ...Array.from({ length: 1021 }, (_, index) => attempt('inherit a descriptor', 72, [index + 3, 1])),
  attempt("find no users' list of its own", 2, [text('/etc/passwd')], (answer) => answer !== 3),
  attempt("read the host's users", 0, [3, { scratch: TEXT_AT }, SCRATCH_BYTES - TEXT_AT], (_, scratch) =>
    scratch.includes('root:'),
  ),
  opening('read /etc/shadow', '/etc/shadow'),
  opening("read the judge's files", hidden),
  opening("read the host's processes", '/proc/1/status'),
  opening("read the kernel's settings", '/sys/kernel'),
  opening('write to the root', '/probe', CREATE),
  opening('write to /usr/bin', '/usr/bin/probe', CREATE),
  opening('change the program', '/box/program', 1),
  attempt('remove the program', 87, [text('/box/program')]),
  attempt('change the input', 1, [0, text('x'), 1]),
  attempt('make a device', 133, [text('/tmp/device'), 0o20600, 0x101]),

  attempt('open a socket', 41, [2, 1]),
  attempt('open a local socket', 41, [1, 1]),
  attempt("speak to the kernel's network", 41, [16, 3]),

  attempt('be root', 107, [], (answer) => answer === 0),
  attempt('be of the group of root', 108, [], (answer) => answer === 0),
  attempt('become root', 105),
  attempt('mount', 165, [text('none'), text('/tmp'), text('tmpfs')]),
  attempt('enter a user namespace', 272, [0x1000_0000]),
  attempt('enter a mount namespace', 272, [0x2_0000]),
  attempt('signal process 1', 62, [1]),
  attempt('trace', 101),
  ...Object.values(LIMITS).map((limit, index) =>
    attempt('do without limits', 97, [limit, { scratch: index * 16 }], (answer, scratch) => {
      return answer < 0 || scratch.readBigInt64LE(index * 16 + 8) === -1n;
    }),
  ),
  attempt('raise its limits', 302, [0, LIMITS.FSIZE, Buffer.alloc(16, 0xff)]),

  attempt('make an anonymous file', 319, [text('probe')]),
  attempt('keep a key', 248, [text('user'), text('probe'), text('x'), 1, -2]),
  attempt('queue calls past the filter', 425, [1, { scratch: TEXT_AT }]),
  attempt('load a program into the kernel', 321, [5, { scratch: TEXT_AT }, 120], (answer) => answer !== ENOSYS),
  attempt('make a filter of its own', 157, [22, 2], (answer) => answer === 0 || answer === EFAULT),
];

const NAP: Call = { number: 35, args: [Buffer.from(BigInt64Array.of(0n, 300_000_000n).buffer)] };

/** It naps, so that what it uses can be looked at; says what came of its attempts; and then tries to be two. */
export function bubblewrapProbe(hidden: string): Probe {
  const tried = attempts(hidden);
  const count = tried.length + 5;
  const forked = ANSWERS + (tried.length + 2) * 8;
  const bytes = count * 8 + SCRATCH_BYTES;
  const content = executableOf([
    ...tried.map(({ call }) => call),
    NAP,
    { number: 1, args: [1, ANSWERS, bytes] },
    { number: 57, args: [] },
    { number: 1, args: [1, forked, 8] },
    { number: 231, args: [] },
  ]);
  return {
    content,
    argv: ['/box/program'],
    possible: ({ out, memoryKiB }, family) => {
      if (out.length < bytes + 8) return undefined;
      const scratch = out.subarray(count * 8);
      const possible = tried.filter(({ isPossible }, index) =>
        isPossible(Number(out.readBigInt64LE(index * 8)), scratch),
      );
      const isTwo = out.length > bytes + 8;
      return [
        ...new Set(possible.map(({ what }) => what)),
        // a compiler driver starts the compiler proper
        ...(isTwo && family !== 'compiler' ? ['start a process'] : []),
        ...(memoryKiB === 0 ? ['use memory that is not seen from outside'] : []),
      ];
    },
  };
}
