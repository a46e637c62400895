import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server';
import { launch, Visitor } from './support/browser';
import { openRoom, startDuel, SUM } from './support/duel';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('a duel in two browsers', () => {
  it('is created, played with real judging, won and played again, without a reload', async () => {
    const ann = await Visitor.open(browser, server.url);
    const ben = await Visitor.open(browser, server.url);
    const link = await createDuel(ann);
    await ben.page.goto(link);
    await ben.signIn('Ben');

    await ben.button('I am ready').click();
    await ann.button('I am ready').click();
    await ann.button('Start the duel').click();
    for (const one of [ann, ben]) await one.page.locator('.statement > h2').waitFor();

    await ann.chooseLanguage('python');
    await ann.write(SUM.wrong);
    await ann.button(/^Run/).click();
    await ann.page.getByText('Expected').first().waitFor();
    await ann.button(/^Submit/).click();
    await ann.page.locator('.last-verdict', { hasText: 'Wrong answer' }).waitFor();
    await ann.write(SUM.python);
    await ann.page.evaluate(() => {
      const told: string[] = ((window as unknown as { told: string[] }).told = []);
      const look = () => told.push(document.querySelector('.last-verdict')?.textContent ?? '');
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await ann.page.keyboard.press('Control+Shift+Enter');
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    const told = await ann.page.evaluate(() => (window as unknown as { told: string[] }).told);
    expect(told.find((text) => /Judging \d+\/15/.test(text))).toBeDefined();
    await ben.page.locator('.score', { hasText: /0\s*–\s*to\s*1/ }).waitFor();

    await ben.page.getByText('Menu', { exact: true }).click();
    await ben.button('Resign').click();
    await ben.page.getByRole('dialog').getByRole('button', { name: 'Resign' }).click();
    await ann.heading('You win').waitFor();
    await ben.heading('Ann wins').waitFor();

    await ann.button('Offer a rematch').click();
    await ben.button('Accept the rematch').click();
    for (const one of [ann, ben]) await one.heading('Get ready').waitFor();
    expect(new URL(ann.page.url()).pathname).not.toBe(new URL(link).pathname);
    expect(ann.complaints.found).toEqual([]);
    expect(ben.complaints.found).toEqual([]);
  });

  it('shows what was expected and what came line below line', async () => {
    const ben = await server.guest('Ben');
    const room = await openRoom(ben, { problems: ['striped-fence'] });
    const ann = await Visitor.open(browser, server.url);
    await ann.page.goto(`/r/${room.code}`);
    await ann.signIn('Ann');
    await ann.button('I am ready').click();
    await ann.button('I am not ready').waitFor();
    await startDuel(room, []);
    await ann.chooseLanguage('python');
    await ann.write('print(1)');
    await ann.button(/^Run/).click();
    const wanted = ann.page.locator('.differs.good');
    await wanted.nth(1).waitFor();
    const [first, second] = [await wanted.nth(0).boundingBox(), await wanted.nth(1).boundingBox()];
    expect(second!.y).toBeGreaterThanOrEqual(first!.y + first!.height - 1);
    // The sheet that was open when the duel ended lies over nothing of what comes next.
    await ann.page.getByText('Menu', { exact: true }).click();
    await ann.button('Offer to end now').waitFor();
    await ben.post(`/rooms/${room.id}/resign`);
    await ann.heading('You win').waitFor();
    await ann.page.getByText('Rules and keyboard').waitFor({ state: 'hidden' });
  });
});

/** Creates a duel on the sum of two numbers through the page, and returns the link to hand on. */
async function createDuel(ann: Visitor): Promise<string> {
  await ann.page.goto('/');
  await ann.signIn('Ann');
  await ann.page.getByRole('link', { name: 'Create a duel' }).click();
  await ann.page.getByRole('radio', { name: 'Chosen by me' }).check();
  for (const title of ['A plus B', 'Fair Split']) await ann.page.getByRole('checkbox', { name: title }).check();
  await ann.button('Create the duel').click();
  await ann.heading('Invite your opponent').waitFor();
  return (await ann.page.locator('.invitation .link').textContent())!;
}
