/*
 * Programs of system calls and nothing else, so that walls can be tried where there is no compiler: an
 * executable of x86_64 Linux that makes its calls one after the other and keeps what each answered.
 */

/** What it is given: a number, the address of some bytes, or that of a place in its scratch memory. */
type Argument = number | Buffer | { readonly scratch: number };
interface Call {
  readonly number: number;
  readonly args: readonly Argument[];
}

const BASE = 0x40_0000;
const HEADERS = 120;
const CALL_BYTES = 67;
/** Where the answers are kept, each of 8 bytes, and behind them the scratch memory. */
export const ANSWERS = 0x50_0000;
const ROOM = 0x20_0000;

/** `mov`, of 64 bits, into the registers of the arguments in their order. */
const INTO = [0x48_bf, 0x48_be, 0x48_ba, 0x49_ba, 0x49_b8];

export function executableOf(calls: readonly Call[]): Buffer {
  const scratch = ANSWERS + calls.length * 8;
  const texts: Buffer[] = [];
  let end = BASE + HEADERS + calls.length * CALL_BYTES;
  const valueOf = (argument: Argument): number => {
    if (typeof argument === 'number') return argument;
    if (!Buffer.isBuffer(argument)) return scratch + argument.scratch;
    texts.push(argument);
    end += argument.length;
    return end - argument.length;
  };
  const code = calls.map(({ number, args }, index) => {
    const bytes = Buffer.alloc(CALL_BYTES);
    let at = bytes.writeUInt8(0xb8); // mov eax, number
    at = bytes.writeUInt32LE(number, at);
    for (const [register, opcode] of INTO.entries()) {
      at = bytes.writeUInt16BE(opcode, at);
      at = bytes.writeBigInt64LE(BigInt(valueOf(args[register] ?? 0)), at);
    }
    at = bytes.writeUInt16BE(0x0f_05, at); // syscall
    at = bytes.writeUInt16BE(0x48_a3, at); // mov [answer], rax
    bytes.writeBigInt64LE(BigInt(ANSWERS + index * 8), at);
    return bytes;
  });
  return Buffer.concat([headers(end - BASE), ...code, ...texts]);
}

/** Of an ELF executable with one segment, which holds all of it and ROOM for what it keeps. */
function headers(bytes: number): Buffer {
  const elf = Buffer.alloc(HEADERS);
  elf.write('\x7fELF\x02\x01\x01', 'latin1');
  elf.writeUInt16LE(2, 16); // an executable
  elf.writeUInt16LE(62, 18); // of x86_64
  elf.writeUInt32LE(1, 20);
  elf.writeBigInt64LE(BigInt(BASE + HEADERS), 24); // begins behind these headers
  elf.writeBigInt64LE(64n, 32); // where the segment's header is
  for (const [at, value] of [64, 56, 1].entries()) elf.writeUInt16LE(value, 52 + 2 * at); // sizes and their count
  elf.writeUInt32LE(1, 64); // to be loaded
  elf.writeUInt32LE(7, 68); // to be read, written and executed
  for (const [at, value] of [0, BASE, BASE, bytes, ROOM, 4096].entries())
    elf.writeBigInt64LE(BigInt(value), 72 + 8 * at);
  return elf;
}
