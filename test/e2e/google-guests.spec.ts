import type { Plan } from '../support/identity-provider';
import { request } from '../support/player';
import { expectRefused } from '../support/rooms';
import { endingOf, isCallback, meIn, newSubject, START, startWithGoogle, type WithGoogle } from '../support/google';

let google: WithGoogle;
beforeAll(async () => {
  google = await startWithGoogle();
});
afterAll(() => google.close());

const newBrowser = () => google.browser();
const signIn = (plan: Plan, browser = newBrowser(), start = START) => google.signIn(plan, browser, start);

describe('a guest', () => {
  /** In a browser of his own. */
  async function guest(name: string) {
    const browser = newBrowser();
    const { body } = await browser.ask('POST', '/auth/guest', { name });
    return { browser, id: body.user.id as string, token: body.accessToken as string };
  }

  it('who signs in with Google stays who he is, by his name, and whoever knew his old session is out', async () => {
    const subject = newSubject();
    const { browser, id, token } = await guest('Gus');
    expect(endingOf(await signIn({ subject }, browser))).toBe('linked');
    expect(await meIn(browser)).toMatchObject({ id, name: 'Gus', guest: false });
    const old = request(google.server.url, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` });
    await expectRefused(old, 'auth.expired');
    const elsewhere = newBrowser();
    expect(endingOf(await signIn({ subject }, elsewhere))).toBe('done');
    expect((await meIn(elsewhere)).id).toBe(id);
  });

  it('whose Google account was here before is signed in to that, and told', async () => {
    const subject = newSubject();
    const before = newBrowser();
    await signIn({ subject }, before);
    const { id: known } = await meIn(before);
    const { browser, id } = await guest('Gus');
    expect(endingOf(await signIn({ subject }, browser))).toBe('existing');
    expect((await meIn(browser)).id).toBe(known);
    expect((await google.server.world.db.query('SELECT guest FROM users WHERE id = $1', [id]))[0]).toEqual({
      guest: true,
    });
  });

  it('is linked to one Google account, however often he comes back at once', async () => {
    const { browser, id } = await guest('Gus');
    const twin = newBrowser();
    browser.cookies.forEach((value, name) => twin.cookies.set(name, value));
    const callbacks: string[] = [];
    for (const one of [browser, twin]) {
      await google.provider.plan({ subject: newSubject() });
      callbacks.push(await one.visit(START, isCallback));
    }
    await google.provider.plan({ subject: 'of-both' });
    const ends = await Promise.all([browser.visit(callbacks[0]!), twin.visit(callbacks[1]!)]);
    expect(ends.map(endingOf)).toContain('linked');
    const people = await Promise.all([browser, twin].map(meIn));
    expect(people.map((one) => one.id)).toEqual([id, id]);
  });
});
