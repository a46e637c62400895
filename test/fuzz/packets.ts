import { NOTICES, REQUESTS, type RequestName } from '../../src/contract/socket';
import type { Cast } from './cast';
import { disturbed, HOSTILE_TEXTS, hostileJson, spoilt } from './hostile';
import type { Random } from './random';
import { sample } from './shapes';

/** One or several frames that belong together, and what to call them when they are counted. */
export interface Packet {
  readonly kind: string;
  readonly frames: readonly (string | Buffer)[];
}

const NAMES = Object.keys(REQUESTS) as RequestName[];
const FOREIGN = [...Object.keys(NOTICES), 'nosuch', '', '__proto__', 'constructor', 'toString', 'error', 'room:watch '];

/** What a client may send as far as the transport goes: a request right or wrong, of a name we know or not, with an ack or without. */
export function packet(random: Random, cast: Cast): Packet {
  const how = random.next();
  const ack = random.pick(['', String(random.below(1_000)), String(random.below(2 ** 31))]);
  const name = random.pick(NAMES);
  const body = sample(REQUESTS[name].body, random, cast.real);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const event = (...parts: (string | undefined)[]) =>
    `42${ack}[${parts.filter((part) => part !== undefined && part.length < 16_000).join(',')}]`;
  const as = JSON.stringify;
  if (how < 0.4) return { kind: name, frames: [event(as(name), text)] };
  if (how < 0.65) return { kind: `${name}, spoilt`, frames: [event(as(name), spoilt(body, random))] };
  if (how < 0.75) return { kind: `${name}, hostile`, frames: [event(as(name), hostileJson(random))] };
  if (how < 0.8) return { kind: `${name}, and more`, frames: [event(as(name), text, hostileJson(random), '1')] };
  if (how < 0.88) return { kind: 'a foreign name', frames: [event(as(random.pick(FOREIGN)), text)] };
  if (how < 0.93) return { kind: 'a hostile name', frames: [event(as(random.pick(HOSTILE_TEXTS)), text)] };
  if (how < 0.97) return { kind: 'with bytes', frames: withBytes(random, ack) };
  return { kind: 'pings of the transport', frames: ['3', '3'] };
}

/** A request that announces bytes, and keeps its word. */
function withBytes(random: Random, ack: string): (string | Buffer)[] {
  const count = 1 + random.below(3);
  const holes = Array.from({ length: count }, (_, num) => ({ _placeholder: true, num }));
  const body = random.pick<unknown>([holes, { roomId: holes[0], rest: holes }, holes[0]]);
  const attachments = holes.map(() => random.bytes(random.below(200)));
  return [`45${count}-${ack}${JSON.stringify(['room:watch', body])}`, ...attachments];
}

/** What may well cost the socket: other packets, other namespaces, too much, half of it, and bytes that are no frame at all. */
export function killer(random: Random, cast: Cast): Packet {
  const how = random.next();
  if (how < 0.3) return { kind: 'odd', frames: [random.pick(ODD)] };
  if (how < 0.4)
    return { kind: 'announced', frames: [`45${random.pick(['1', '9', '11', '99999999999', '-1', '1e3'])}-["x"]`] };
  if (how < 0.5)
    return { kind: 'too large', frames: [`420["room:watch","${'a'.repeat(16_000 + random.below(40_000))}"]`] };
  if (how < 0.7) {
    const [frame] = packet(random, cast).frames;
    return { kind: 'disturbed', frames: [disturbed(String(frame), random).toString('latin1')] };
  }
  if (how < 0.75) return { kind: 'binary', frames: [random.bytes(random.below(300))] };
  return { kind: 'bytes', frames: [brokenFrame(random)] };
}

const ODD: readonly string[] = [
  ...[
    '',
    '0',
    '1',
    '2',
    '2probe',
    '3',
    '4',
    '5',
    '6',
    '9',
    'hello',
    '40',
    '40{"token":"x"}',
    '40/admin,',
    '40/__proto__,',
  ],
  ...['41', '41/admin,', '42', '42[]', '42[', '42["a"', '42{"a":1}', '42[1,2]', '42[null]', '42[[[]]]', '42[{"a":1}]'],
  ...['42["connect"]', '42["disconnect"]', '42["disconnecting"]', '42["newListener","a"]', '42["error","x"]'],
  ...[
    '43',
    '43[]',
    '430[]',
    '43999999[{}]',
    '43"x"',
    '44',
    '44{}',
    '44"x"',
    '46',
    '47',
    '45',
    '45-',
    '46-[]',
    '461-0["x"]',
  ],
  ...['42/admin,["a"]', '42/,["a"]', '421e3["a"]', '42-1["a"]', '4299999999999999999999["clock:ping",{}]'],
  ...[`40/${'a'.repeat(10_000)},`, '451-["room:watch",{"_placeholder":true,"num":9}]', '4\u0000', '4\u2028', '\ud800'],
  ...[`420["clock:ping",${'['.repeat(6_000)}${']'.repeat(6_000)}]`, '452-["x",{"_placeholder":true,"num":0}]'],
];

/** Bytes of a websocket that are no frame, or none that a client may send (RFC 6455). */
function brokenFrame(random: Random): Buffer {
  const payload = random.bytes(random.below(130));
  return random.pick([
    () => frameOf({ opcode: 1, payload: Buffer.from('42["clock:ping",{}]'), masked: false }),
    () => frameOf({ opcode: 3 + random.below(5), payload }),
    () => frameOf({ opcode: 11 + random.below(5), payload }),
    () => frameOf({ opcode: 1, payload, reserved: 0x10 << random.below(3) }),
    () => frameOf({ opcode: 1, payload: Buffer.from([0xc3, 0x28, 0xff]) }),
    () => frameOf({ opcode: 0, payload }),
    () => frameOf({ opcode: 9, payload: random.bytes(126) }),
    () => frameOf({ opcode: 9, payload, final: false }),
    () => Buffer.concat(Array.from({ length: 20 }, () => frameOf({ opcode: 9, payload: random.bytes(20) }))),
    () => frameOf({ opcode: 10, payload: random.bytes(20) }),
    () =>
      frameOf({
        opcode: 8,
        payload: random.pick([[], [3], [3, 232], [0, 0], [3, 237], [255, 255, 0xc3]].map((one) => Buffer.from(one))),
      }),
    () => Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]),
    () => Buffer.from([0x81, 0xff, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 65]),
    () => frameOf({ opcode: 1, payload: Buffer.from('42["clock'), final: false }),
    () =>
      Buffer.concat([
        frameOf({ opcode: 1, payload: Buffer.from('42["clock'), final: false }),
        frameOf({ opcode: 9, payload }),
        frameOf({ opcode: 0, payload: Buffer.from(':ping",{}]') }),
      ]),
    () =>
      Buffer.concat(Array.from({ length: 500 }, () => frameOf({ opcode: 0, payload: Buffer.alloc(0), final: false }))),
    () => random.bytes(1 + random.below(400)),
    () => Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n'),
  ])();
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly masked?: boolean;
  readonly final?: boolean;
  readonly reserved?: number;
}
/** With a mask of zeros, unless without one. */
function frameOf({ opcode, payload, masked = true, final = true, reserved = 0 }: Frame): Buffer {
  const { length } = payload;
  const size = length < 126 ? [length] : [126, length >> 8, length & 255];
  size[0]! |= masked ? 0x80 : 0;
  return Buffer.concat([
    Buffer.from([(final ? 0x80 : 0) | reserved | opcode, ...size, ...(masked ? [0, 0, 0, 0] : [])]),
    payload,
  ]);
}
