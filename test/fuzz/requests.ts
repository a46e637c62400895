import type { Route } from '../../src/contract/route';
import { ROUTES } from '../../src/contract/routes';
import type { Cast } from './cast';
import { disturbed, HOSTILE_TEXTS, hostileJson, spoilt } from './hostile';
import type { Random } from './random';
import { sample } from './shapes';

/** A request as it is to be sent. */
export interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | null;
}

const TABLE = Object.entries(ROUTES as Record<string, Route>).map(([name, route]) => {
  const [method, path] = name.split(' ') as [string, string];
  return { name, method, path, route };
});
/** What ends much at once is asked for less often, so that there is something left to be asked about. */
const RARE = /\/(logout|logout-everywhere|:sessionId|resign|cancel|leave|end|kick)$/;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE', 'QUERY'];
const ELSEWHERE = ['/', '/api', '/api/nope', '/metrics', '/.env', '/assets/', '/assets/..%2f..%2fpackage.json', '/ws/'];
const TYPES = [
  ...['application/xml', 'text/plain', '', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
  ...['application/json; charset=utf-16', 'application/json; charset=utf-8', 'application/json;;', 'APPLICATION/JSON'],
];
const ODD_HEADERS: readonly (readonly [string, readonly (string | readonly string[])[]])[] = [
  ['origin', ['https://evil.example', 'null', 'http://localhost', '://']],
  ['sec-fetch-site', ['cross-site', 'same-origin', 'x']],
  ['content-encoding', ['gzip', 'br', 'identity', 'x']],
  ['cookie', ['joust_refresh=x', 'joust_refresh=j:{"a":1}', '=;=', '__proto__=1', 'a'.repeat(4_000)]],
  ['cookie', [['joust_refresh=a', 'joust_refresh=b']]],
  ['last-event-id', ['1', '-1', 'x', '1e400', '9007199254740993']],
  ['x-forwarded-for', ['10.0.0.1', 'x', '::1,'.repeat(200)]],
  ['x-forwarded-host', ['evil.example']],
  ['accept-encoding', ['gzip;q=x', '*;q=0', 'br']],
  ['accept', ['application/xml', 'text/event-stream']],
  ['range', ['bytes=0-0,5-']],
  ['if-none-match', ['*']],
  ['x-http-method-override', ['DELETE']],
  ['x-request-id', ['{{7*7}}', '\u00ff']],
  ['user-agent', ['', 'a'.repeat(3_000), '\u00e9']],
];

/** The next request: right, or wrong in a place or two. */
export function nextWish(random: Random, cast: Cast): Wish {
  const found = random.pick(TABLE);
  const { method, path, route } = RARE.test(found.path) && random.chance(0.9) ? random.pick(TABLE) : found;
  const insider = random.chance(0.6) ? cast.insider(random) : null;
  const asked = random.chance(0.97) ? method : random.pick(METHODS);
  const where = random.chance(0.97) ? filledIn(path, random, cast, insider?.roomId) : elsewhere(random);
  const body = asked === 'GET' || asked === 'HEAD' ? null : bodyFor(route, random, cast);
  const isForStaff = path.startsWith('/api/admin/') && random.chance(0.7);
  const who = isForStaff ? cast.admin : (insider?.who ?? cast.somebody(random));
  const headers = { ...who, ...headersFor(body !== null, random) };
  return { method: asked, path: where + queryFor(route, random, cast), headers, body };
}

const elsewhere = (random: Random): string =>
  random.chance(0.4)
    ? random.pick(ELSEWHERE)
    : `${random.pick(['', '/assets', '/api', '/api/docs', '/r'])}/${encoded(random.pick(HOSTILE_TEXTS))}`;

function filledIn(path: string, random: Random, cast: Cast, roomId?: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (random.chance(0.08)) return encoded(random.pick(HOSTILE_TEXTS));
    if (random.chance(0.02)) return random.pick(['%', '%ff', '%c0%ae', '%zz', '..', '*', '%2e%2e', ';', '//']);
    return encoded(asText((name === 'roomId' && roomId) || cast.real(name, random)));
  });
}

function queryFor(route: Route, random: Random, cast: Cast): string {
  if (!random.chance(route.query ? 0.6 : 0.05)) return '';
  const real = route.query ? (sample(route.query, random, cast.real) as object | undefined) : {};
  const pairs = Object.entries(real ?? {}).map(([name, value]) => [name, asText(value)] as [string, string]);
  if (pairs.length > 0 && random.chance(0.2)) pairs.push(random.pick(pairs));
  if (pairs.length > 0 && random.chance(0.3)) random.pick(pairs)[1] = random.pick(HOSTILE_TEXTS);
  if (random.chance(0.1)) pairs.push([random.pick([...HOSTILE_TEXTS, 'a[b]', 'access_token', 'sort']), 'x']);
  return `?${pairs.map((pair) => pair.map(encoded).join('=')).join('&')}${random.chance(0.02) ? '&%ff=%' : ''}`;
}

function bodyFor(route: Route, random: Random, cast: Cast): Buffer | null {
  if (!route.body) return random.chance(0.1) ? Buffer.from(hostileJson(random)) : null;
  const value = sample(route.body, random, cast.real);
  const how = random.next();
  if (value === undefined || how < 0.03) return null;
  if (how < 0.65) return Buffer.from(JSON.stringify(value));
  if (how < 0.88) return Buffer.from(spoilt(value, random));
  if (how < 0.95) return disturbed(JSON.stringify(value), random);
  return Buffer.from(hostileJson(random));
}

function headersFor(hasBody: boolean, random: Random): Wish['headers'] {
  const type = random.chance(0.95) ? 'application/json' : random.pick(TYPES);
  const odd = random.chance(0.2) ? Array.from({ length: 1 + random.below(2) }, () => random.pick(ODD_HEADERS)) : [];
  const own = odd.map(([name, values]) => [name, random.pick(values)] as const);
  return { ...(hasBody && { 'content-type': type }), ...Object.fromEntries(own) };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? 'x'));
/** Half a character cannot be put into an address: it goes as the bytes somebody would send for it. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).slice(0, 8_000);

/** The route a path is of, if any; and by which name it is counted. */
export function routeOf(method: string, path: string): { readonly name: string; readonly route: Route } | undefined {
  const [bare] = path.split('?') as [string];
  return PATTERNS.find((one) => one.method === method && one.pattern.test(bare));
}
const PATTERNS = TABLE.map((one) => ({ ...one, pattern: new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}/?$`) }));
