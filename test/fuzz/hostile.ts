import type { Random } from './random';

/* What no decent client would send: values that have broken servers before, and ways to spoil what is right. */

const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}${close.repeat(depth)}`;

/** Texts that mean something to some part of a server. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\udc00x', '\u202e', '\ufeff', '\u200b', '\u0378', '李', '😀', 'é'.repeat(200)],
  ...["' OR 1=1--", '"; DROP TABLE users;--', '$1', '%', '%25', '_', '\\', '%00', '%ff', '../../etc/passwd', '..\\x'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    '1e400',
    '0x10',
    '-1',
    '1.0',
  ],
  ...['<img src=x onerror=1>', '{{7*7}}', '${7*7}', '\r\nSet-Cookie: x=1', '\u001b[31m', 'javascript:alert(1)'],
  ...['room_', 'room_1', 'user_1', 'sub_1', 'trial_1', 'sess_1', `room_${'0'.repeat(64)}`, `room_${'0'.repeat(65)}`],
  ...['9007199254740991', '9007199254740992', '9223372036854775808', '2026-01-01T00:00:00.000Z', 'a'.repeat(1_000)],
  ...[
    'a'.repeat(20_000),
    '='.repeat(50),
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
    Buffer.from('[1e400,"a"]').toString('base64url'),
  ],
];

/** JSON that is right by its grammar and wrong by everything else. */
const HOSTILE_JSON: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '-1', '1.5', '1e400', '-1e400', '1e-400', '2147483648', '9007199254740993'],
  ...['[]', '{}', '[[]]', '[null]', '[{}]', '{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"x":1}}}'],
  ...['{"toString":"x"}', '{"toJSON":"x"}', '{"then":"x"}', '{"length":1000000000}', '{"_placeholder":true,"num":0}'],
  ...[nested(200, '[', ']'), nested(6_000, '[', ']'), `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`],
  ...[`[${'0,'.repeat(3_000)}0]`, `{${Array.from({ length: 500 }, (_, n) => `"k${n}":0`).join(',')}}`],
];
const MOST_JSON = [`"${'a'.repeat(70_000)}"`, nested(50_000, '[', ']'), `"${'a'.repeat(300_000)}"`];

/** Some hostile value, as JSON. */
export function hostileJson(random: Random): string {
  if (random.chance(0.02)) return random.pick(MOST_JSON);
  return random.chance(0.5) ? JSON.stringify(random.pick(HOSTILE_TEXTS)) : random.pick(HOSTILE_JSON);
}

/** Where hostile JSON goes when the rest has been written. */
const HOLE = '\u0001hole\u0001';

/** What is right but for one place, as JSON: another value, one too many, or one too few. */
export function spoilt(value: unknown, random: Random): string {
  const copy: unknown = structuredClone(value);
  const places = placesIn(copy);
  if (places.length === 0) return hostileJson(random);
  const { parent, key } = random.pick(places);
  const how = random.next();
  if (how < 0.7) parent[key] = HOLE;
  else if (how < 0.85) Reflect.deleteProperty(parent, key);
  else parent[random.pick(HOSTILE_TEXTS)] = HOLE;
  return JSON.stringify(copy).replaceAll(JSON.stringify(HOLE), () => hostileJson(random));
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.entries(parent).flatMap(([key, inner]) => [{ parent, key }, ...placesIn(inner)]);
}

/** Bytes that are nearly those given: cut, doubled, changed, or with others among them. */
export function disturbed(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  const how = random.next();
  if (how < 0.3) return bytes.subarray(0, at);
  if (how < 0.4) return Buffer.concat([bytes, bytes]);
  if (how < 0.7) return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(4)), bytes.subarray(at)]);
  if (how < 0.9) return Buffer.concat([bytes.subarray(0, at), random.bytes(1), bytes.subarray(at + 1)]);
  return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
}
