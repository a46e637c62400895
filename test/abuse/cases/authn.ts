import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { ChildServer } from '../../support/child-server';
import { joust } from '../../support/command-line';
import { eventually } from '../../support/eventually';
import { filled, ROUTE_LIST } from '../../support/hostile-request';
import { type Player, request } from '../../support/player';
import { startFor, submission } from '../../support/rooms';
import type { Cases, Stage } from '../case';

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const claimsOf = ({ token }: Player) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;

/** A token made by hand; of the server’s own key, unless told otherwise. */
function forged({ secret }: Stage, payload: object, changes: object = {}, key = secret): string {
  const kid = createHash('sha256').update(`kid ${secret}`).digest('base64url').slice(0, 8);
  const text = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid, ...changes })}.${encoded(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const me = ({ url }: Stage, token: string) =>
  request(url, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` });

/** Each of these lets nobody in, and one made rightly does: they fail for what they change. */
async function refuses(stage: Stage, ...forge: ((own: object, victim: string) => string)[]): Promise<void> {
  const [ann, victim] = [await stage.guest('Ann'), await stage.guest('Victim')];
  expect((await me(stage, forged(stage, claimsOf(ann)))).status).toBe(200);
  for (const make of forge) {
    const { status, body } = await me(stage, make(claimsOf(ann), victim.id));
    expect([status, ['auth.required', 'auth.expired'].includes(body.error.code)]).toEqual([401, true]);
  }
}

const COMMON = [
  ...[
    'secret',
    'changeme',
    'mysecretkeymysecretkeymysecretkey123',
    'jwtsecret',
    'joust',
    '',
    'password',
    'your-secret',
  ],
];

export const AUTHN: Cases = {
  'AUTHN-01': async ({ url }) => {
    for (const { method, path, route } of ROUTE_LIST.filter((one) => !one.route.open)) {
      const body = route.body && method !== 'GET' ? {} : undefined;
      const reply = await request(url, method, filled(path, 'room_1'), body);
      expect({ path, status: reply.status, code: reply.body.error.code }).toEqual({
        ...{ path, status: 401, code: 'auth.required' },
      });
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
  },
  'AUTHN-02': (stage) =>
    refuses(
      stage,
      (_, sub) => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ sub })}.`,
      (own, sub) => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded({ ...own, sub })}.`,
      (own) => `${encoded({ alg: 'NoNe', typ: 'at+jwt' })}.${encoded(own)}.`,
      (own) => forged(stage, own).replace(/[^.]+$/, ''),
    ),
  'AUTHN-04': {
    applies: false,
    why: 'Tokens are signed with a secret alone; there is no public key to publish, or to mistake for one.',
    seen: async (stage) => {
      for (const path of ['/.well-known/jwks.json', '/jwks', '/api/auth/jwks', '/api/auth/keys'])
        expect((await fetch(stage.url + path)).status).toBe(404);
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      await refuses(
        stage,
        (own) => forged(stage, own, {}, pem),
        (own) => forged(stage, own, { alg: 'RS256' }),
        (own) => forged(stage, own, { alg: 'HS512' }),
      );
    },
  },
  'AUTHN-05': async (stage) => {
    await refuses(stage, ...COMMON.map((secret) => (own: object) => forged(stage, own, {}, secret)));
    for (const JWT_SECRET of ['changeme', 'mysecretkeymysecretkeymysecretkey123']) {
      const child = ChildServer.start({
        ...{ DATA_DIR: `${stage.env['DATA_DIR']!}-none`, NODE_ENV: 'production', JWT_SECRET },
      });
      expect(await child.ended).toBe(1);
      expect(child.errors).toContain('JWT_SECRET');
    }
  },
  'AUTHN-06': (stage) =>
    refuses(
      stage,
      (own, sub) => forged(stage, own).replace(/\.[^.]+\./, `.${encoded({ ...own, sub })}.`),
      (own, sub) => forged(stage, { ...own, sub }),
    ),
  'AUTHN-07': async (stage) => {
    const now = Math.floor(Date.now() / 1000);
    const { status, body } = await me(stage, forged(stage, { ...claimsOf(await stage.guest('Ann')), exp: now - 1 }));
    expect([status, body.error.code]).toEqual([401, 'auth.expired']);
  },
  'AUTHN-10': (stage) => refuses(stage, (own) => forged(stage, { ...own, iss: 'somebody' })),
  'AUTHN-11': (stage) => refuses(stage, (own) => forged(stage, { ...own, aud: 'somebody' })),
  'AUTHN-12': async (stage) => {
    const { cookie } = await stage.guest('Ann');
    expect((await me(stage, cookie.split('=')[1]!)).status).toBe(401);
    await refuses(stage, (own) => forged(stage, own, { typ: 'JWT' }));
  },
  'AUTHN-15': (stage) =>
    refuses(
      stage,
      ...['../../../../dev/null', "' UNION SELECT 'x'--", '', '\0', 'a'.repeat(3_000)].flatMap((kid) => [
        (own: object) => forged(stage, own, { kid }, ''),
        (own: object) => forged(stage, own, { kid }),
      ]),
    ),
  'AUTHN-16': (stage) =>
    refuses(
      stage,
      (own) => forged(stage, own, { kid: undefined, jwk: { kty: 'oct', k: 'eA' } }, 'x'),
      (own) => forged(stage, own, { jwk: { kty: 'oct', k: 'eA' } }, 'x'),
      (own) => forged(stage, own, { kid: undefined, jku: 'http://127.0.0.1:1/jwks' }, 'x'),
      (own) => forged(stage, own, { kid: undefined, x5u: 'http://127.0.0.1:1/x5u' }, 'x'),
    ),
  'AUTHN-17': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id);
    expect((await joust(['user:ban', ann.id], stage.env)).code).toBe(0);
    const banned = async () => (await ann.post(`/rooms/${room.id}/submissions`, submission('x'))).status === 403;
    await eventually('it is refused', banned, { patienceMs: 6_000, paceMs: 100 });
    expect(await sees.notice('session:ended', 6_000)).toEqual({ code: 'auth.banned' });
    await eventually('the socket closes', () => sees.socket.disconnected);
  },
  'AUTHN-18': async (stage) => {
    const ann = await stage.guest('Ann');
    expect((await ann.post('/auth/logout-everywhere')).status).toBe(204);
    expect((await ann.get('/me')).body.error.code).toBe('auth.expired');
  },
  'AUTHN-19': async ({ url }) => {
    const answer = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${'A'.repeat(100_000)}` } });
    expect([400, 401, 431]).toContain(answer.status);
  },
  'AUTHN-21': async ({ url }) => {
    for (const path of ['/auth/dev-login', '/auth/login?userId=1', '/api/auth/dev-login', '/api/auth/login?userId=1'])
      for (const method of ['GET', 'POST']) expect((await fetch(url + path, { method })).status).toBe(404);
  },
};
