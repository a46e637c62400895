import {
  ABORT_FRAME,
  encodeRuns,
  encodeStart,
  FAMILIES,
  type RunRequest,
} from '../../src/adapters/embedded/judge/sandbox-protocol';
import type { Random } from './random';

/* Requests to the sandbox: right ones, and what chance makes of them. */

const FRAME_BYTES = ABORT_FRAME.length;
const ODD_NUMBERS = [
  0,
  1,
  2,
  3,
  4,
  7,
  63,
  64,
  65,
  255,
  16_384,
  16_385,
  2 ** 28,
  2 ** 28 + 1,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];
const ODD_WORDS = [
  '',
  '/',
  '.',
  '..',
  '../x',
  'a/b',
  '/etc/passwd',
  '\n',
  'é',
  '%s%n',
  'ff',
  'F',
  'x'.repeat(300),
  '/box/',
  '/tmp/',
];
/** Where in a frame the lengths of what follows are: words, input, files. */
const LENGTHS = [8, 9, 10];

/** The artifact that the fuzzer puts where the sandbox looks for programs. */
export const ARTIFACT = 'f00d';

/** Waits at its gate where it is started ahead of its run. */
const WAITS = [
  '/bin/sh',
  '-c',
  'if [ "$JOUST_GATE" ]; then read -r _ <&4; exec 4<&-; unset JOUST_GATE; fi; exec /box/program',
];

const wordFor = (random: Random, right: string): string => (random.chance(0.15) ? random.pick(ODD_WORDS) : right);

/** Mostly right. */
export function someRun(random: Random): RunRequest {
  const times = random.pick([0, 1, 1, 1, 1, 2, 70]);
  return {
    family: random.pick(FAMILIES),
    cpuMs: random.pick([0, 1, 50, 200]),
    wallMs: random.pick([0, 1, 50, 400]),
    memoryKiB: random.pick([0, 1, 4096, 65_536]),
    outputBytes: random.pick([0, 1, 100, 65_536]),
    errorBytes: random.pick([0, 1, 100, 65_536]),
    fileBytes: random.pick([0, 1, 65_536]),
    program: wordFor(random, ARTIFACT),
    name: wordFor(random, 'program'),
    ...(random.chance(0.3) ? { product: wordFor(random, `cafe${random.below(8)}`) } : {}),
    argv: random.chance(0.4) ? WAITS : Array.from({ length: times }, () => wordFor(random, '/box/program')),
    waitsAtGate: true,
    input: random.chance(0.2) ? random.bytes(random.below(5000)) : 'input\n',
    ...(random.chance(0.2)
      ? {
          files: Array.from({ length: random.below(20) }, (_, n) => ({
            name: wordFor(random, `file${n}`),
            content: 'x',
          })),
        }
      : {}),
  };
}

function spoiled(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  switch (random.below(6)) {
    case 0: // a number nobody expects
      copy.writeUInt32LE(random.pick(ODD_NUMBERS), 4 * random.below(FRAME_BYTES / 4));
      return copy;
    case 1: // a length that is a little off
      copy.writeUInt32LE(
        (copy.readUInt32LE(4 * random.pick(LENGTHS)) + random.below(9) - 4) >>> 0,
        4 * random.pick(LENGTHS),
      );
      return copy;
    case 2: // some bits, anywhere
      for (let n = 1 + random.below(8); n > 0; n -= 1) copy[random.below(copy.length)]! ^= 1 << random.below(8);
      return copy;
    case 3: // words without their ends
      for (let at = FRAME_BYTES; at < copy.length; at += 1) if (copy[at] === 0) copy[at] = 0x41;
      return copy;
    case 4: // cut short
      return copy.subarray(0, random.below(copy.length));
    default:
      return random.bytes(random.below(200));
  }
}

/** What is sent in one go, and how many replies it must get where nothing is wrong with it. */
export interface Sent {
  readonly bytes: Buffer;
  /** Undefined where it was spoiled: then whatever comes, or nothing, is right as long as the sandbox ends in order. */
  readonly replies?: number;
  /** An abort follows at once. */
  readonly aborted: boolean;
}

export function someRequest(random: Random): Sent {
  const runs = random.chance(0.15) ? [someRun(random), someRun(random)] : [someRun(random)];
  const start = runs.length === 1 && random.chance(0.4) ? encodeStart(runs[0]!) : undefined;
  if (start && random.chance(0.2)) return { bytes: start, replies: 0, aborted: random.chance(0.2) };
  const isAtGate = runs.length === 1 && random.chance(start ? 0.8 : 0.1);
  const asked = runs.length > 1 ? runs.map((run) => ({ ...run, input: '' })) : runs;
  const bytes = Buffer.concat([...(start ? [start] : []), ...encodeRuns(asked, isAtGate)]);
  const aborted = random.chance(0.2);
  if (random.chance(0.4)) return { bytes: spoiled(random, bytes), aborted };
  return { bytes, replies: runs.length, aborted };
}
