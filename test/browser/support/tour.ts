import type { Browser } from 'playwright-core';
import type { Player } from '../../support/player';
import type { TestServer } from '../../support/server';
import { Visitor } from './browser';
import { SUM } from './duel';

/** Looks at one screen in one state. */
export type Look = (name: string, visitor: Visitor) => Promise<void>;

/** As long as a name may be. */
const LONG_NAME = 'Bartholomäus von Überlingen-Hoch';
const PAGES = ['new', 'practice', 'practice/a-plus-b', 'help', 'me'];

interface Open {
  readonly id: string;
  readonly code: string;
  readonly password: string;
}

/** Goes through every screen of the app in every state that looks different, and stops at each. */
export async function tour(server: TestServer, browser: Browser, look: Look): Promise<Visitor[]> {
  const ann = await Visitor.open(browser, server.url);
  await ann.page.goto('/');
  await ann.button('Play as a guest').waitFor();
  await look('home-signed-out', ann);
  await ann.signIn('Ann');
  await look('home', ann);
  for (const path of PAGES) {
    await ann.page.goto(`/${path}`);
    await ann.settled();
    await look(path.replace('/', '-'), ann);
  }
  const room = await lobby(server, ann, look);
  const ben = await opponent(server, ann, room, look);
  const cat = await turnedAway(server, browser, room, look);
  await duel(ann, ben, room, look);
  await ending(ann, room, look);
  return [ann, cat];
}

async function lobby(_: TestServer, ann: Visitor, look: Look): Promise<Open> {
  const settings = { problems: ['a-plus-b', 'fair-split', 'blackout'], countdownSeconds: 5, minutes: 30 };
  const { room, password } = (await ann.post('/rooms', { settings })) as { room: Open; password: string };
  await ann.page.goto(`/r/${room.code}#${password}`);
  await ann.heading('Invite your opponent').waitFor();
  await look('lobby-alone', ann);
  await ann.button('Show a code to scan').click();
  const dialog = ann.page.getByRole('dialog', { name: 'Scan to join' });
  await dialog.getByRole('img', { name: /QR code/ }).waitFor();
  await dialog.getByText(`/r/${room.code}#`).waitFor();
  await look('lobby-code-to-scan', ann);
  await ann.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return { ...room, password };
}

async function opponent(server: TestServer, ann: Visitor, room: Open, look: Look): Promise<Player> {
  const ben = await server.guest(LONG_NAME);
  await ben.post('/rooms/join', { code: room.code, password: room.password });
  await ben.watch(room.id);
  await ben.post(`/rooms/${room.id}/ready`, { ready: true });
  await ann.page.getByText('✓ Ready').waitFor();
  await look('lobby-both', ann);
  return ben;
}

async function turnedAway(server: TestServer, browser: Browser, room: Open, look: Look): Promise<Visitor> {
  const cat = await Visitor.open(browser, server.url);
  await cat.page.goto(`/r/${room.code}`);
  await cat.button('Join as a guest').waitFor();
  await look('invited', cat);
  await cat.signIn('Cat');
  await cat.page.getByRole('textbox', { name: 'Password' }).waitFor();
  await look('turned-away-password', cat);
  await cat.page.goto(`/r/${room.code}#${room.password}`);
  await cat.page.reload();
  await cat.heading('This room is full').waitFor();
  await look('turned-away-full', cat);
  await cat.page.goto('/nowhere').catch(() => undefined);
  return cat;
}

async function duel(ann: Visitor, ben: Player, room: Open, look: Look): Promise<void> {
  const { page } = ann;
  await ann.button('I am ready').click();
  await ann.button('Start the duel').click();
  await page.locator('.seconds').waitFor();
  await look('countdown', ann);
  await page.locator('.statement > h2').waitFor();
  await page.locator('.cm-content').waitFor();
  await look('duel-fresh', ann);
  await ann.chooseLanguage('python');
  await ann.write(SUM.wrong);
  await ann.button(/^Run/).click();
  await page.getByText('Yours').waitFor();
  await ann.button(/^Submit/).click();
  await page.locator('.last-verdict', { hasText: 'Wrong answer' }).waitFor();
  await ben.post(`/rooms/${room.id}/submissions`, { problem: 'A', language: 'python', source: SUM.python, key: 'b1' });
  await page.locator('.mark.theirs.solved').waitFor();
  await look('duel-rejected', ann);
  await page.getByRole('tab', { name: /Submissions/ }).click();
  await page.locator('.submissions summary').first().click();
  await page.locator('.test-cell').first().waitFor();
  await look('duel-submissions', ann);
  await ann.chooseLanguage('cpp');
  await ann.write(SUM.broken);
  await ann.button(/^Run/).click();
  await page.locator('pre.output').waitFor();
  await look('duel-compile-error', ann);
  await ann.chooseLanguage('python');
  await ann.write(SUM.python);
  await ann.button(/^Submit/).click();
  await page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
  await page.getByRole('tab', { name: 'Leaderboard' }).click();
  await look('duel-board', ann);
  await page.getByText('Editor', { exact: true }).click();
  await page.getByLabel('Keys').selectOption('vim');
  await page.getByText('--NORMAL--').waitFor();
  await look('duel-vim', ann);
  await page.getByText('Editor', { exact: true }).click();
}

async function ending(ann: Visitor, room: Open, look: Look): Promise<void> {
  const { page } = ann;
  await page.getByText('Menu', { exact: true }).click();
  await ann.button('Offer to end now').waitFor();
  await look('duel-menu', ann);
  await ann.button('Resign').click();
  await look('duel-question', ann);
  await page.getByRole('dialog').getByRole('button', { name: 'Resign' }).click();
  await ann.heading(/wins/).waitFor();
  await look('final', ann);
  await page.goto(`/m/${room.id}`);
  await ann.settled();
  await look('result', ann);
}
