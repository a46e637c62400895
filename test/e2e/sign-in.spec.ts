import { createHash, createHmac } from 'node:crypto';
import { request } from '../support/player';
import { startServer, type TestServer } from '../support/server';
import { OPENED } from '../support/room-builder';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock(OPENED);
const SECRET = 'a secret for tests: 0123456789 abcdefghij';
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { JWT_SECRET: SECRET }, change: (world) => ({ ...world, clock }) });
});
afterAll(() => server.close());

const signIn = (name: unknown) => request(server.url, 'POST', '/api/auth/guest', { name });

describe('the name of a guest', () => {
  it.each([
    ['blanks around it', '  Ann  ', 'Ann'],
    ['blanks within it', 'Ann \u00a0 Lee', 'Ann Lee'],
    ['an accent on its own', 'Zoe\u0308', 'Zo\u00eb'],
    ['32 letters', 'x'.repeat(32), 'x'.repeat(32)],
    ['letters of any script', 'Łukasz 李', 'Łukasz 李'],
    ['what would be markup', '<img src=x>', '<img src=x>'],
  ])('may have %s', async (_, typed, shown) => {
    const { status, body } = await signIn(typed);
    expect({ status, name: body.user.name, guest: body.user.guest }).toEqual({ status: 201, name: shown, guest: true });
  });

  it.each([
    ['nothing', ''],
    ['blanks alone', ' \t '],
    ['33 letters', 'x'.repeat(33)],
    ['a line break that would forge a line of the log', 'a\r\u0000b'],
    ['an escape', 'a\u001b[31m'],
    ['a right-to-left override', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['a zero-width space', 'a\u200bb'],
    ['a zero-width joiner', 'a\u200db'],
    ['a byte order mark within', 'a\ufeff\u200bb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a Hangul filler', '\u3164'],
    ['half a character', 'a\ud800'],
    ['an unassigned code point', 'a\u0378'],
    ['a number', 7],
    ['null', null],
    ['a list', ['Ann']],
    ['50 kB', 'a'.repeat(50_000)],
  ])('may not have %s', async (_, name) => {
    const { status, body } = await signIn(name);
    expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'request.malformed' });
  });

  it('is refused where guests are switched off', async () => {
    const closed = await startServer({ env: { GUESTS: 'off' } });
    const { status, body } = await request(closed.url, 'POST', '/api/auth/guest', { name: 'Ann' });
    await closed.close();
    expect({ status, code: body.error.code }).toEqual({ status: 403, code: 'auth.forbidden' });
  });
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const kid = createHash('sha256').update(`kid ${SECRET}`).digest('base64url').slice(0, 8);
const HEADER = { alg: 'HS256', typ: 'at+jwt', kid };

function forged(payload: object, header: object = HEADER, secret = SECRET): string {
  const text = `${encoded(header)}.${encoded(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('an access token', () => {
  const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;
  const me = (token: string) => request(server.url, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
  /** What the holder of a token is told: his name, or the refusal and how to sign in. */
  async function answerTo(token: string): Promise<unknown> {
    const { status, body, headers } = await me(token);
    return status === 200 ? body.name : [status, body.error.code, headers.get('www-authenticate')];
  }
  const STRANGER = [401, 'auth.required', 'Bearer'];

  it('made by hand from the true secret would pass: the forgeries below fail for what they change', async () => {
    const { token } = await server.guest('Ann');
    expect(await answerTo(forged(claims(token)))).toBe('Ann');
  });

  it.each<[string, (own: object, victim: string) => string]>([
    ['without a signature, by alg none', (own) => `${encoded({ ...HEADER, alg: 'none' })}.${encoded(own)}.`],
    ['with its signature cut off', (own) => forged(own).replace(/[^.]+$/, '')],
    ['signed with another secret', (own) => forged(own, HEADER, 'changeme')],
    ['signed with nothing', (own) => forged(own, HEADER, '')],
    ['of another algorithm', (own) => forged(own, { ...HEADER, alg: 'HS512' })],
    ['that names a public key algorithm', (own) => forged(own, { ...HEADER, alg: 'RS256' })],
    [
      'whose subject was changed',
      (own, victim) => forged(own).replace(/\.[^.]+\./, `.${encoded({ ...own, sub: victim })}.`),
    ],
    ['of another issuer', (own) => forged({ ...own, iss: 'somebody' })],
    ['for another audience', (own) => forged({ ...own, aud: 'somebody' })],
    ['of another type', (own) => forged(own, { ...HEADER, typ: 'JWT' })],
    ['of no type', (own) => forged(own, { alg: 'HS256', kid })],
    ['that names no key', (own) => forged(own, { ...HEADER, kid: undefined })],
    ['that never ends', (own) => forged({ ...own, exp: undefined })],
    ['that ends at a text', (own) => forged({ ...own, exp: 'tomorrow' })],
    ['of no session', (own) => forged({ ...own, sid: undefined })],
    ['of a session that is no id', (own) => forged({ ...own, sid: "sess_' OR 1=1--\u0000" })],
    ['of nobody', (own) => forged({ ...own, sub: 'admin' })],
    ['not yet valid', (own) => forged({ ...own, nbf: 4_000_000_000 })],
    ['that is for signing in', (own) => forged(own, { ...HEADER, typ: 'sign-in+jwt' })],
    ['whose kid is a path', (own) => forged(own, { ...HEADER, kid: '../../../../dev/null' }, '')],
    ['whose kid is SQL', (own) => forged(own, { ...HEADER, kid: "' UNION SELECT 'x'--" }, 'x')],
    ['that brings its own key', (own) => forged(own, { ...HEADER, jwk: { kty: 'oct', k: 'eA' } }, 'x')],
    ['that says where to fetch its key', (own) => forged(own, { ...HEADER, jku: `${server.url}/livez` }, 'x')],
    ['that is no token', () => 'garbage'],
    ['of dots', () => '...'],
    ['of 12 kB', (own) => forged(own).padEnd(12_000, 'A')],
  ])('%s is refused', async (_, forge) => {
    const [{ token }, { id }] = [await server.guest('Ann'), await server.guest('Victim')];
    expect(['auth.required', 'auth.expired']).toContain(((await answerTo(forge(claims(token), id))) as string[])[1]);
  });

  it('of one user does not serve with another user’s session', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    expect(await answerTo(forged({ ...claims(ann.token), sub: ben.id }))).toEqual([401, 'auth.expired', 'Bearer']);
  });

  it('ends to the second', async () => {
    const { token } = await server.guest('Ann');
    clock.travel(15 * 60_000 - 1);
    expect(await answerTo(token)).toBe('Ann');
    clock.travel(1);
    expect(await answerTo(token)).toEqual([401, 'auth.expired', 'Bearer']);
  });

  it('is not a refresh token', async () => {
    const { cookie } = await server.guest('Ann');
    expect(await answerTo(cookie.split('=')[1]!)).toEqual(STRANGER);
  });

  it('is asked for by its scheme alone', async () => {
    const { token } = await server.guest('Ann');
    const statusWith = async (authorization: string) =>
      (await request(server.url, 'GET', '/api/me', undefined, { authorization })).status;
    expect(await statusWith(`bearer ${token}`)).toBe(200);
    for (const other of [token, `Basic ${token}`, 'Bearer', `Bearer  ${token}`, ''])
      expect(await statusWith(other)).toBe(401);
    expect((await request(server.url, 'GET', `/api/me?access_token=${token}`)).status).toBe(401);
  });

  it('of 100 kB is refused before it is looked at', async () => {
    const response = await fetch(`${server.url}/api/me`, {
      headers: { authorization: `Bearer ${'A'.repeat(100_000)}` },
    });
    expect(response.status).toBe(431);
  });
});

describe('a change of the secret', () => {
  const NEXT = 'the next secret for tests: 9876543210 zyxwvut';
  const statusAt = async (server: TestServer, token: string) =>
    (await request(server.url, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` })).status;

  it('in steps signs nobody out; with the old one left out its tokens are strangers', async () => {
    const start = (env: Record<string, string>) =>
      startServer({ env, change: (world) => ({ ...world, db: server.world.db }) });
    const before = await start({ JWT_SECRET: SECRET, JWT_SECRET_PREVIOUS: NEXT });
    const after = await start({ JWT_SECRET: NEXT, JWT_SECRET_PREVIOUS: SECRET });
    const done = await start({ JWT_SECRET: NEXT });
    try {
      const [old, fresh] = [await before.guest('Old'), await after.guest('Fresh')];
      for (const one of [before, after]) {
        expect(await statusAt(one, old.token)).toBe(200);
        expect(await statusAt(one, fresh.token)).toBe(200);
      }
      expect(await statusAt(done, fresh.token)).toBe(200);
      expect(await statusAt(done, old.token)).toBe(401);
    } finally {
      for (const one of [before, after, done]) await one.close();
    }
  });
});
