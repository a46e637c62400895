import type { Plan } from '../support/identity-provider';
import { request } from '../support/player';
import { expectRefused } from '../support/rooms';
import {
  CALLBACK,
  endingOf,
  isCallback,
  meIn,
  newSubject,
  PUBLIC_URL,
  START,
  startWithGoogle,
  type WithGoogle,
} from '../support/google';

let google: WithGoogle;
beforeAll(async () => {
  google = await startWithGoogle();
});
afterAll(() => google.close());

const newBrowser = () => google.browser();
const signIn = (plan: Plan, browser = newBrowser(), start = START) => google.signIn(plan, browser, start);

describe('signing in with Google', () => {
  it('brings back to where one set out from, with the cookie and nothing else', async () => {
    const browser = newBrowser();
    const at = await signIn({}, browser, `${START}?returnTo=${encodeURIComponent('/r/K7QM2XYZ?as=player')}`);
    expect(at).toBe(`${PUBLIC_URL}/r/K7QM2XYZ?as=player&sign-in=done`);
    expect([...browser.cookies.keys()]).toEqual(['__Host-joust_refresh']);
    for (const one of browser.set) expect(one).toMatch(/^__Host-.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    expect(await meIn(browser)).toMatchObject({ name: 'Ann', guest: false, role: 'player' });
  });

  it('asks by authorization code, with state, nonce and PKCE, for as little as it needs', async () => {
    const [browser, other] = [newBrowser(), newBrowser()];
    const [asked, again] = await Promise.all(
      [browser, other].map(
        async (one) => new URL(await one.visit(START, (address) => !address.startsWith(PUBLIC_URL))),
      ),
    );
    const { searchParams } = asked!;
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ response_type: 'code', redirect_uri: CALLBACK, scope: 'openid email profile', client_id: 'joust-test' },
      ...{ code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/) },
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(searchParams.get(name)).not.toBe(again!.searchParams.get(name));
  });

  it('knows somebody by issuer and subject, whatever he is called and writes from', async () => {
    const [subject, browsers] = [newSubject(), [newBrowser(), newBrowser(), newBrowser()] as const];
    await signIn({ subject }, browsers[0]);
    await signIn({ subject, userinfo: { name: 'Zoe', email: 'zoe@mail.test' } }, browsers[1]);
    await signIn({ subject: newSubject() }, browsers[2]);
    const [first, again, other] = await Promise.all(browsers.map(meIn));
    expect(again).toEqual(first);
    expect(other.id).not.toBe(first.id);
    expect(other.name).toBe(first.name);
  });

  it('makes one person of somebody who comes in twice at once for the first time', async () => {
    const browsers = Array.from({ length: 8 }, newBrowser);
    await google.provider.plan({ subject: newSubject() });
    const ends = await Promise.all(browsers.map((browser) => browser.visit(START)));
    expect(new Set(ends.map(endingOf))).toEqual(new Set(['done']));
    const people = await Promise.all(browsers.map(meIn));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
  });

  it('takes of a name what may be shown, and keeps no mail address', async () => {
    const browser = newBrowser();
    await signIn({ userinfo: { name: 'A\u202enn \u0000 of a name that is much too long to be shown' } }, browser);
    expect((await meIn(browser)).name).toBe('Ann of a name that is much too l');
    const rows = await google.server.world.db.query<object[]>('SELECT * FROM users');
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('ends at the start page where the page asked for is not ours', async () => {
    for (const foreign of [
      'https://evil.test/',
      '//evil.test',
      '/\\evil.test',
      '/a//b',
      '/\t/evil.test',
      'r/ABC',
      '/api/auth/google',
    ]) {
      const at = await signIn({}, newBrowser(), `${START}?returnTo=${encodeURIComponent(foreign)}`);
      expect(at).toBe(`${PUBLIC_URL}/?sign-in=done`);
    }
  });

  it('ends what the browser was signed into before', async () => {
    const browser = newBrowser();
    await signIn({}, browser);
    const before = browser.cookie;
    await signIn({}, browser);
    const reply = request(google.server.url, 'POST', '/api/auth/refresh', undefined, { cookie: before });
    await expectRefused(reply, 'auth.expired');
  });
});

describe('signing in with Google fails', () => {
  async function expectEnding(ending: string, plan: Plan): Promise<void> {
    const browser = newBrowser();
    const at = await signIn(plan, browser, `${START}?returnTo=/r/K7QM2XYZ`);
    expect(at).toBe(`${PUBLIC_URL}/r/K7QM2XYZ?sign-in=${ending}`);
    expect([...browser.cookies.keys()]).toEqual([]);
  }

  it.each<[string, string, Plan]>([
    ['denied', 'by a no at Google', { error: 'access_denied' }],
    ['failed', 'by any other error', { error: 'invalid_scope' }],
    ['unavailable', 'by one that will pass', { error: 'temporarily_unavailable' }],
    ['unverified', 'with a mail address that is not verified', { userinfo: { email_verified: false } }],
    ['unverified', 'without a word whether it is', { userinfo: { email_verified: null } }],
    ['unverified', 'with a word that is no yes', { userinfo: { email_verified: 'false' } }],
    ['failed', 'with the nonce of another time', { idToken: { nonce: 'of-another-time' } }],
    ['failed', 'without a nonce', { idToken: { nonce: null } }],
    ['failed', 'with a token for another audience', { idToken: { aud: 'another-site' } }],
    ['failed', 'with a token for others as well', { idToken: { aud: ['joust-test', 'another-site'] } }],
    ['failed', 'with a token of another issuer', { idToken: { iss: 'https://evil.test' } }],
    ['failed', 'with a token that has expired', { idToken: { exp: 1_000_000_000 } }],
    ['failed', 'with a token of somebody else', { idToken: { sub: 'somebody-else' } }],
    ['failed', 'with a token of nobody', { idToken: { sub: '' }, userinfo: { sub: '' } }],
    ['failed', 'by a code that is refused', { tokens: { statusCode: 400, body: { error: 'invalid_grant' } } }],
    ['failed', 'without any token', { tokens: { statusCode: 200, body: {} } }],
    ['failed', 'without an ID token', { tokens: { statusCode: 200, body: { access_token: 'x' } } }],
    [
      'failed',
      'with an ID token that is none',
      { tokens: { statusCode: 200, body: { access_token: 'x', id_token: 'x.y.z' } } },
    ],
    ['unavailable', 'by a fault of Google’s', { tokens: { statusCode: 503, body: {} } }],
  ])('and says %s: %s', async (ending, _, plan) => expectEnding(ending, plan));

  it('for a browser that comes back with another state, or by an address made for another browser', async () => {
    await google.provider.plan({ subject: newSubject() });
    const [browser, victim] = [newBrowser(), newBrowser()];
    const callback = await browser.visit(START, isCallback);
    expect(endingOf(await victim.visit(callback))).toBe('failed');
    await victim.visit(START, isCallback);
    expect(endingOf(await victim.visit(callback))).toBe('failed');
    const tampered = new URL(callback);
    tampered.searchParams.set('state', 'x'.repeat(43));
    expect(endingOf(await browser.visit(tampered.href))).toBe('failed');
    for (const one of [browser, victim]) expect(await meIn(one)).toBeNull();
  });

  it('for one whose cookie was changed, or is not for this', async () => {
    for (const change of [
      (cookie: string) => cookie.replace(/\.[^.]+\./, '.e30.'),
      (cookie: string) => `${cookie.slice(0, -4)}AAAA`,
      () => 'made-up',
    ]) {
      const browser = newBrowser();
      const callback = await browser.visit(START, isCallback);
      browser.cookies.set('__Host-joust_departure', change(browser.cookies.get('__Host-joust_departure')!));
      expect(endingOf(await browser.visit(callback))).toBe('failed');
    }
  });

  it('for one that comes back again with the same code, even with its cookie kept', async () => {
    const browser = newBrowser();
    await google.provider.plan({ subject: newSubject() });
    const callback = await browser.visit(START, isCallback);
    const departure = browser.cookies.get('__Host-joust_departure')!;
    expect(endingOf(await browser.visit(callback))).toBe('done');
    expect(endingOf(await browser.visit(callback))).toBe('failed');
    const thief = newBrowser();
    thief.cookies.set('__Host-joust_departure', departure);
    expect(endingOf(await thief.visit(callback))).toBe('failed');
    expect(await meIn(thief)).toBeNull();
  });

  it('for one that takes longer than ten minutes', async () => {
    const [late, inTime] = [newBrowser(), newBrowser()];
    await google.provider.plan({ subject: newSubject() });
    const [tooLate, justInTime] = [await late.visit(START, isCallback), await inTime.visit(START, isCallback)];
    google.clock.travel(9 * 60_000);
    expect(endingOf(await inTime.visit(justInTime))).toBe('done');
    google.clock.travel(60_000);
    expect(endingOf(await late.visit(tooLate))).toBe('failed');
  });

  it('for one that comes by itself', async () => {
    for (const query of ['', '?code=x', '?state=x&code=x', '?code=a&code=b&state=', '?error=access_denied']) {
      expect(endingOf(await newBrowser().visit(CALLBACK + query))).toBe('failed');
    }
  });

  it('for somebody who is banned', async () => {
    const subject = newSubject();
    const browser = newBrowser();
    await signIn({ subject }, browser);
    const { id } = await meIn(browser);
    await google.server.world.db.query('UPDATE users SET banned_at = 1 WHERE id = $1', [id]);
    expect(endingOf(await signIn({ subject }))).toBe('banned');
  });
});
