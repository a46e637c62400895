import type { Browser, Page } from 'playwright-core';
import { call } from '../support/people';
import { startJoust } from '../support/processes';
import type { Report } from '../support/report';
import { median, percentile } from '../support/statistics';
import { closeTab, keystrokeShown, launch, openTab, seenAt, signedIn, verdictShown, type Guest } from '../support/tab';

const PROFILE = '9 Mbit/s, 20 ms, processor/4';
const EVENTS_PER_SECOND = 20;

/** What somebody at a browser feels, in a real Chromium: the first visit, a verdict, a long log, the keyboard. */
export async function page(report: Report, smoke: boolean): Promise<void> {
  const joust = await startJoust();
  const browser = await launch();
  try {
    const duel = await startDuel(browser, joust.url);
    await firstVisits(report, browser, duel, smoke ? 3 : 11);
    await verdicts(report, browser, duel, smoke ? 10 : 60);
    await typing(report, browser, duel, smoke ? 40 : 200);
    await longLog(report, browser, joust.url, smoke ? 3 : 7);
  } finally {
    await browser.close();
    await joust.stop();
  }
}

interface Duel {
  readonly url: string;
  readonly roomId: string;
  readonly code: string;
  readonly guest: Guest;
  readonly hostToken: string;
}

/** A duel that runs; its host plays over HTTP, and the other one sits at the browser. */
async function startDuel(browser: Browser, url: string): Promise<Duel> {
  const room = await openRoom(browser, url);
  for (const token of [room.hostToken, room.guest.token])
    await call(url, 'POST', `/rooms/${room.roomId}/ready`, token, { ready: true });
  await call(url, 'POST', `/rooms/${room.roomId}/start`, room.hostToken, {});
  return room;
}

async function openRoom(browser: Browser, url: string): Promise<Duel> {
  const host = await signedIn(browser, url, 'Ben');
  const guest = await signedIn(browser, url, 'Ann');
  const settings = { problems: ['a-plus-b'], minutes: 300, countdownSeconds: 0, password: null };
  const { room } = (await call(url, 'POST', '/rooms', host.token, { settings })).body;
  await call(url, 'POST', '/rooms/join', guest.token, { code: room.code });
  return { url, roomId: room.id, code: room.code, guest, hostToken: host.token };
}

async function firstVisits(
  report: Report,
  browser: Browser,
  { url, code, guest }: Duel,
  visits: number,
): Promise<void> {
  const seconds: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const tab = await openTab(browser, url, guest, true);
    await tab.goto(`/r/${code}`);
    seconds.push((await seenAt(tab, 'editor')) / 1000);
    await closeTab(tab, guest);
  }
  const note = `${visits} visits; slowest ${Math.max(...seconds).toFixed(2)}`;
  const what = `first visit -> usable editor, median, ${PROFILE}`;
  report.add({ part: 'page', what, unit: 's', value: median(seconds), goal: { most: 1.3 }, note });
}

async function verdicts(report: Report, browser: Browser, duel: Duel, count: number): Promise<void> {
  const tab = await openRoomTab(browser, duel, true);
  const takenMs: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    // Two verdicts in turn, or nothing would change on the screen.
    const source = turn % 2 === 0 ? 'print(0)' : 'raise SystemExit(3)';
    const body = { problem: 'A', language: 'python', source: `${source} # ${turn}`, key: `page-${turn}` };
    await call(duel.url, 'POST', `/rooms/${duel.roomId}/submissions`, duel.guest.token, body);
    takenMs.push(await verdictShown(tab, turn));
  }
  await closeTab(tab, duel.guest);
  const note = `${count} verdicts; median ${median(takenMs).toFixed(0)} ms`;
  const what = `verdict at the socket -> pixels, p95, ${PROFILE}`;
  report.add({ part: 'page', what, unit: 'ms', value: percentile(takenMs, 0.95), goal: { most: 100 }, note });
}

async function typing(report: Report, browser: Browser, duel: Duel, keys: number): Promise<void> {
  const tab = await openRoomTab(browser, duel, false);
  await tab.locator('.cm-content').click();
  const quiet = await typed(tab, 0, keys);
  const stop = every(1000 / EVENTS_PER_SECOND, () =>
    call(duel.url, 'POST', `/rooms/${duel.roomId}/extend`, duel.hostToken, { minutes: 0.1 }),
  );
  const busy = await typed(tab, keys, keys);
  await stop();
  await closeTab(tab, duel.guest);
  const what = `keystroke -> paint, p95, at ${EVENTS_PER_SECOND} events/s`;
  const [value, bare] = [percentile(busy, 0.95), percentile(quiet, 0.95)];
  const note = `${keys} keys; bare: the same while nothing happens; the goal is a frame more`;
  report.add({ part: 'page', what, unit: 'ms', value, bare, judged: value - bare, goal: { most: 17 }, note });
}

/** How long each keystroke takes to the screen, in milliseconds. */
async function typed(tab: Page, from: number, keys: number): Promise<number[]> {
  const taken: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    await tab.keyboard.press('abcdefgh'[key % 8]!);
    taken.push(await keystrokeShown(tab, from + key));
  }
  return taken;
}

async function longLog(report: Report, browser: Browser, url: string, visits: number): Promise<void> {
  const room = await openRoom(browser, url);
  for (let event = 0; event < 497; event += 1)
    await call(url, 'POST', `/rooms/${room.roomId}/ready`, room.hostToken, { ready: event % 2 === 0 });
  const takenMs: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const tab = await openTab(browser, url, room.guest, false);
    await tab.goto(`/r/${room.code}`);
    takenMs.push((await seenAt(tab, 'lobby')) - (await seenAt(tab, 'log')));
    await closeTab(tab, room.guest);
  }
  const what = 'a log of 500 events at the socket -> pixels, median';
  report.add({ part: 'page', what, unit: 'ms', value: median(takenMs), goal: { most: 200 }, note: `${visits} visits` });
}

async function openRoomTab(browser: Browser, { url, code, guest }: Duel, slow: boolean): Promise<Page> {
  const tab = await openTab(browser, url, guest, slow);
  await tab.goto(`/r/${code}`);
  await tab.locator('.cm-content').waitFor();
  return tab;
}

/** Does something again and again until it is stopped, and waits for what is under way then. */
function every(ms: number, act: () => Promise<unknown>): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  const timer = setInterval(() => {
    const one = act().finally(() => underWay.delete(one));
    underWay.add(one);
  }, ms);
  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
  };
}
