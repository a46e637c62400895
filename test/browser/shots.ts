import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server';
import { ROOT } from '../support/source-tree';
import { launch, type Visitor } from './support/browser';
import { gallery } from './support/gallery';
import { Stage } from './support/scene';
import { staffTour } from './support/staff-tour';
import { tour } from './support/tour';
import { crowdedDuel } from './support/crowd';

/* Takes a picture of every screen, in light and dark on a desk and on a phone, for people to look at: npm run shots. */

const FOLDER = join(ROOT, 'shots');
const LOOKS = [
  { look: 'light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { look: 'dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { look: 'tablet', viewport: { width: 900, height: 800 }, colorScheme: 'light' },
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

async function shoot(name: string, { page }: Visitor): Promise<void> {
  for (const { look, viewport, colorScheme } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const isLong = (await page.locator('main.page').count()) > 0;
    await page.screenshot({ path: join(FOLDER, `${name}-${look}.png`), fullPage: isLong });
    if (look === 'phone') await shootSegments(name, page);
  }
  await page.setViewportSize(LOOKS[0].viewport);
}

/** A phone shows one thing at a time. */
async function shootSegments(name: string, page: Visitor['page']): Promise<void> {
  const segments = page.getByRole('navigation', { name: 'Parts of the page' });
  if ((await segments.count()) === 0 || (await page.getByRole('dialog').count()) > 0 || name === 'duel-menu') return;
  const before = await page.locator('main').getAttribute('data-segment');
  for (const segment of ['Code', 'Tests']) {
    await segments.getByRole('button', { name: segment }).click();
    await page.screenshot({ path: join(FOLDER, `${name}-phone-${segment.toLowerCase()}.png`) });
  }
  await segments.getByRole('button', { name: before!, exact: false }).click();
}

test('pictures of every screen', async () => {
  await tour(server, browser, shoot);
}, 300_000);

test('pictures of a crowded duel: ten problems, forty submissions', async () => {
  await crowdedDuel(browser, shoot);
}, 120_000);

test('pictures of the screens around the room', async () => {
  const stage = new Stage();
  await stage.open();
  await gallery(stage, shoot);
  await stage.close();
}, 300_000);

test('pictures of the pages of the staff', async () => {
  const stage = new Stage();
  await stage.open();
  await staffTour(stage, shoot);
  await stage.close();
}, 300_000);
