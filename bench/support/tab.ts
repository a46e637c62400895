import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const IN_PAGE = join(__dirname, 'in-page.js');
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--mute-audio'],
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: FLAGS });

/** A slow machine on a modest line: a quarter of this processor, 9 Mbit/s, 20 ms to the server and back. */
const SLOW = { cpu: 4, bytesPerSecond: (9 * 1024 * 1024) / 8, latencyMs: 20 };

/** Somebody who has signed in, and what his browser keeps of it from visit to visit: a refresh cookie is good once. */
export interface Guest {
  readonly token: string;
  state: Exclude<BrowserContextOptions['storageState'], string | undefined>;
}

export async function signedIn(browser: Browser, url: string, name: string): Promise<Guest> {
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post('/api/auth/guest', { data: { name } });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  const { cookies } = await context.storageState();
  await context.close();
  const origins = [{ origin: url, localStorage: [{ name: 'joust:signed-in', value: 'yes' }] }];
  return { state: { cookies, origins }, token: accessToken };
}

/** A browser that has loaded nothing of ours before. `slow` is the throttled profile. */
export async function openTab(browser: Browser, url: string, { state }: Guest, slow: boolean): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    storageState: state,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  await page.addInitScript({ path: IN_PAGE });
  if (!slow) return page;
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const { bytesPerSecond, latencyMs, cpu } = SLOW;
  await devtools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: latencyMs },
    ...{ downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond },
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return page;
}

export async function closeTab(tab: Page, guest: Guest): Promise<void> {
  guest.state = await tab.context().storageState();
  await tab.context().close();
}

/** When something was first on the screen, by the page's clock; waits until it is. */
export const seenAt = (tab: Page, what: 'editor' | 'lobby' | 'log'): Promise<number> =>
  tab.evaluate(`watched.seen(${JSON.stringify(what)})`);

/** From the verdict of this number at the socket, counted from 0, to the screen, in milliseconds. */
export const verdictShown = (tab: Page, number: number): Promise<number> => tab.evaluate(`watched.verdict(${number})`);

/** From the key of this number, counted from 0, to the screen, in milliseconds. */
export const keystrokeShown = (tab: Page, number: number): Promise<number> =>
  tab.evaluate(`watched.keystroke(${number})`);
