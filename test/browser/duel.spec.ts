import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server';
import { launch, Visitor } from './support/browser';
import { SUM } from './support/duel';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
}, 60_000);
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
    await ann.page.keyboard.press('Control+Shift+Enter');
    await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    await ben.page.locator('.score', { hasText: /0\s*–\s*to\s*1/ }).waitFor();

    await ben.page.getByText('Menu').click();
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
  }, 90_000);
});

/** Creates a duel on the sum of two numbers through the page, and returns the link to hand on. */
async function createDuel(ann: Visitor): Promise<string> {
  await ann.page.goto('/');
  await ann.signIn('Ann');
  const { room, password } = (await ann.post('/rooms', {
    settings: { problems: ['a-plus-b', 'fair-split'], countdownSeconds: 1 },
  })) as { room: { code: string }; password: string };
  await ann.page.goto(`/r/${room.code}#${password}`);
  await ann.heading('Invite your opponent').waitFor();
  return (await ann.page.locator('.invitation .link').textContent())!;
}
