import { Stage, submissionsOf } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const SUBMIT = /^(Submit|Send when back|Goes out when back|Sending)/;

describe('a lost network', () => {
  it('loses nothing typed, sends a submission once on return, and brings what was missed', async () => {
    const duel = await stage.duel();
    const { ann, ben, room } = duel;
    await ann.context.setOffline(true);
    await ann.button(/^Send when back/).waitFor();
    await ann.write('AC typed without a network');
    await ann.button(SUBMIT).click();
    await ann.button(/^Goes out when back/).waitFor();
    await ann.page.getByText('Connection lost. Reconnecting').first().waitFor();
    for (const key of ['k1', 'k2'])
      await ben.post(`/rooms/${room.id}/submissions`, { problem: 'A', language: 'python', source: `WA ${key}`, key });
    await ann.context.setOffline(false);
    await ann.page.locator('.toast', { hasText: /Back online: \d+ updates replayed/ }).waitFor();
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    await ann.page.locator('.mark.theirs.tried').first().waitFor();
    expect(await ann.written()).toBe('AC typed without a network');
    expect(await submissionsOf(duel)).toMatchObject([{ problem: 'A', verdict: 'AC' }]);
    expect(ann.complaints.found).toEqual([]);
  });

  it('that swallows an answer makes no second submission', async () => {
    const duel = await stage.duel();
    const { ann } = duel;
    let swallowed = 0;
    await ann.page.route('**/submissions', async (route) => {
      if (route.request().method() !== 'POST' || swallowed > 0) return route.continue();
      swallowed += 1;
      await route.fetch(); // the server has it, and its answer gets lost
      await route.abort('connectionreset');
    });
    await ann.write('AC answered into the void');
    await ann.button(SUBMIT).click();
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    await ann.button(/^Submit/).waitFor();
    expect(swallowed).toBe(1);
    expect(await submissionsOf(duel)).toMatchObject([{ problem: 'A', verdict: 'AC' }]);
  });

  it('outlived by the page’s reload still sends it once, and the draft is there', async () => {
    const duel = await stage.duel();
    const { ann } = duel;
    await ann.page.route('**/submissions', (route) => route.abort('internetdisconnected'));
    await ann.write('AC kept over a reload');
    await ann.button(SUBMIT).click();
    await ann.button(/^Goes out when back/).waitFor();
    await ann.page.unroute('**/submissions');
    await ann.page.reload();
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    await ann.page.getByText('Your draft is back.').waitFor();
    expect(await ann.written()).toBe('AC kept over a reload');
    expect(await submissionsOf(duel)).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('know of each other, show the same, and keep one draft', async () => {
    const duel = await stage.duel();
    const { ann, room } = duel;
    const second = await ann.context.newPage();
    await second.goto(`/r/${room.code}`);
    await second.locator('.cm-content').waitFor();
    for (const page of [ann.page, second]) await page.getByText('open in another tab').waitFor();
    await ann.write('AC from the first tab');
    await second.locator('.cm-line', { hasText: 'AC from the first tab' }).waitFor();
    await second.getByRole('button', { name: SUBMIT }).click();
    for (const page of [ann.page, second]) await page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    expect(await submissionsOf(duel)).toHaveLength(1);
    await second.close();
    await ann.page.getByText('open in another tab').waitFor({ state: 'detached' });
    expect(ann.complaints.found).toEqual([]);
  });
});

describe('a closed laptop', () => {
  it('shows the right time at once when it is opened', async () => {
    const { ann } = await stage.duel({ minutes: 60 });
    await ann.page.locator('.clock', { hasText: /^59:/ }).waitFor();
    const away = 10 * 60_000;
    stage.clock.travel(away);
    // The wall’s clock has gone on and the steady one, which the page counts with, has not.
    await ann.page.evaluate((ms) => {
      const { now } = Date;
      Date.now = () => now() + ms;
      document.dispatchEvent(new Event('visibilitychange'));
    }, away);
    await ann.page.locator('.clock', { hasText: /^49:/ }).waitFor({ timeout: 2_000 });
  });
});

describe('a session', () => {
  it('whose token has run out is renewed on the way, unseen', async () => {
    const duel = await stage.duel();
    const { ann } = duel;
    stage.clock.travel(20 * 60_000);
    await ann.write('AC after twenty minutes');
    await ann.button(SUBMIT).click();
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    expect(await ann.page.getByText('Your session has ended').count()).toBe(0);
    expect(await submissionsOf(duel)).toHaveLength(1);
  });

  it('that is over leaves the code where it is, and whoever signs in as somebody else can take it along', async () => {
    const { ann } = await stage.duel();
    await ann.write('AC of a session that ends');
    await ann.context.clearCookies();
    stage.clock.travel(20 * 60_000);
    await ann.button(SUBMIT).click();
    await ann.heading('Your session has ended').waitFor();
    expect(await ann.written()).toBe('AC of a session that ends');
    await ann.signIn('Ann again');
    await ann.heading('This duel has started').waitFor();
    await ann.page.getByText('A, python').or(ann.page.getByText('A, cpp')).first().click();
    await ann.page.locator('.kept-code pre', { hasText: 'AC of a session that ends' }).waitFor();
  });
});
