import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server';
import { ROOT } from '../support/source-tree';
import { launch, Visitor } from './support/browser';
import { SUM } from './support/duel';

/* Takes a picture of every screen, in light and dark on a desk and on a phone, for people to look at: npm run shots. */

const FOLDER = join(ROOT, 'shots');
const LOOKS = [
  { look: 'light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { look: 'dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { look: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const;

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [server, browser] = await Promise.all([startServer(), launch()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

const NAME = 'Bartholomäus von Überlingen-Hoch';

test('pictures', async () => {
  const ann = await Visitor.open(browser, server.url);
  const { page } = ann;
  const shoot = async (name: string, full = false) => {
    for (const { look, viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(FOLDER, `${name}-${look}.png`), fullPage: full });
    }
    await page.setViewportSize(LOOKS[0].viewport);
  };
  await page.goto('/');
  await ann.button('Play as a guest').waitFor();
  await shoot('home-out');
  await ann.signIn('Ann');
  await shoot('home-in');
  for (const path of ['new', 'practice', 'help', 'me']) {
    await page.goto(`/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shoot(path, true);
  }
  const settings = { problems: ['a-plus-b', 'fair-split', 'blackout'], countdownSeconds: 5, minutes: 30 };
  const { room, password } = (await ann.post('/rooms', { settings })) as {
    room: { code: string; id: string };
    password: string;
  };
  await page.goto(`/r/${room.code}`);
  await ann.heading('Invite your opponent').waitFor();
  await page.goto(`/r/${room.code}#${password}`);
  await page.reload();
  await ann.heading('Invite your opponent').waitFor();
  await shoot('lobby-alone');

  const cat = await Visitor.open(browser, server.url);
  await cat.page.goto(`/r/${room.code}`);
  await cat.button('Join as a guest').waitFor();
  const ben = await server.guest(NAME);
  await ben.post('/rooms/join', { code: room.code, password });
  await ann.heading('Get ready').waitFor();
  await ben.post(`/rooms/${room.id}/ready`, { ready: true });
  await ann.page.getByText('✓ Ready').waitFor();
  await shoot('lobby-both');
  await ann.button('I am ready').click();
  await ann.button('Start the duel').click();
  await page.locator('.seconds').waitFor();
  await page.screenshot({ path: join(FOLDER, 'countdown-light.png') });
  await page.locator('.statement > h2').waitFor();
  await shoot('running-fresh');
  await ann.chooseLanguage('python');
  await ann.write(SUM.wrong);
  await ann.button(/^Run/).click();
  await page.getByText('Expected').first().waitFor();
  await ann.button(/^Submit/).click();
  await page.locator('.last-verdict', { hasText: 'Wrong answer' }).waitFor();
  await ben.post(`/rooms/${room.id}/submissions`, { problem: 'A', language: 'python', source: SUM.python, key: 'b1' });
  await page.locator('.mark.theirs.solved').waitFor();
  await shoot('running-wrong');
  await page.getByRole('tab', { name: /Submissions/ }).click();
  await page.locator('.submissions summary').first().click();
  await page.locator('.test-cell').first().waitFor();
  await shoot('running-submissions');
  await ann.write(SUM.broken);
  await ann.chooseLanguage('cpp');
  await ann.write(SUM.broken);
  await ann.button(/^Run/).click();
  await page.locator('pre.output').waitFor();
  await shoot('running-compile-error');
  await ann.chooseLanguage('python');
  await ann.write(SUM.python);
  await ann.button(/^Submit/).click();
  await page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
  await page.getByRole('tab', { name: 'Leaderboard' }).click();
  await shoot('running-board');
  for (const [segment, name] of [
    ['Code', 'phone-code'],
    ['Tests', 'phone-tests'],
    ['Problem', 'phone-problem'],
  ] as const) {
    await page.setViewportSize(LOOKS[2].viewport);
    await page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button', { name: segment }).click();
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  }
  await page.setViewportSize({ width: 900, height: 800 });
  await page.screenshot({ path: join(FOLDER, 'running-middling.png') });
  await page.setViewportSize(LOOKS[0].viewport);
  await page.getByText('Menu').click();
  await ann.button('Offer to end now').waitFor();
  await page.screenshot({ path: join(FOLDER, 'menu-light.png') });
  await ann.button('Resign').click();
  await shoot('resign-question');
  await page.getByRole('dialog').getByRole('button', { name: 'Resign' }).click();
  await ann.heading(/wins/).waitFor();
  await shoot('final', true);

  for (const [name, fit] of [['turned-away-password', cat.signIn('Cat')]] as const) {
    await fit;
    await cat.page.getByRole('heading', { level: 1 }).waitFor();
    await cat.page.getByText('To the start page').waitFor();
    await cat.page.screenshot({ path: join(FOLDER, `${name}.png`) });
  }
  expect(ann.complaints.found).toEqual([]);
}, 180_000);
