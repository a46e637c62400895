import { readFileSync } from 'node:fs';
import { Stage } from './support/scene';
import { LONG_NAMES, Rivals } from './support/past';
import type { OpenedRoom } from './support/duel';
import type { Visitor } from './support/browser';

const stage = new Stage();
let rivals: Rivals;
let long: OpenedRoom;
let short: OpenedRoom;
let ann: Visitor;
beforeAll(async () => {
  await stage.open();
  rivals = await Rivals.meet(stage);
  long = await rivals.playLong({ spectators: true });
  short = await rivals.playShort(rivals.ben);
  ann = await rivals.sitDown(rivals.ann);
});
afterAll(() => stage.close());

const open = async (visitor: Visitor, room: OpenedRoom) => {
  await visitor.page.goto(`/m/${room.id}`);
  await visitor.settled();
};

describe('a result', () => {
  it('says who won and why, what was tried and solved when, and what it did to the ratings', async () => {
    const { page } = ann;
    await open(ann, long);
    await ann.heading('You win').waitFor();
    expect(await page.locator('.why').textContent()).toBe('3–2 solved');
    await page.locator('.ratings dd').nth(1).waitFor();
    expect(await page.locator('.ratings dd').allTextContents()).toEqual(['1500 → 1662 (+162)', '1500 → 1338 (−162)']);
    const board = page.getByRole('table', { name: 'Leaderboard' });
    expect(await board.getByRole('row').count()).toBe(1 + 2 + 10);
    const cells = board.getByRole('row', { name: /^D / }).getByRole('cell');
    expect(await cells.allTextContents()).toEqual([expect.stringContaining('first to solve it'), '– not tried']);
    expect(ann.complaints.found).toEqual([]);
  });

  it('is replayed: the board is the one of the moment, to the end', async () => {
    const { page } = ann;
    await open(ann, long);
    const slider = page.getByRole('slider', { name: 'Moment of the duel' });
    const solved = page.locator('.board .sum').first().locator('td');
    expect(await solved.allTextContents()).toEqual(['3', '2']);
    await slider.press('Home');
    expect(await solved.allTextContents()).toEqual(['0', '0']);
    expect(await slider.getAttribute('aria-valuetext')).toBe('0:00 The duel has started');
    while (!/D accepted$/.test((await slider.getAttribute('aria-valuetext'))!)) await slider.press('ArrowRight');
    expect(await solved.first().textContent()).toBe('1');
    await ann.button('One step back').click();
    expect(await solved.first().textContent()).toBe('0');
    await slider.press('End');
    await ann.button('Replay').click();
    await page.locator('.board .sum td', { hasText: '1' }).first().waitFor();
    await ann.button('Pause').click();
  });

  it('is read from the keyboard: one stop for the chart, arrows from try to try, Enter shows the code', async () => {
    const { page } = ann;
    await open(ann, long);
    const points = page.locator('.point');
    await points.nth(39).waitFor();
    expect(await points.count()).toBe(40);
    expect(await page.locator('.point[tabindex="0"]').count()).toBe(1);
    await points.first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    const focused = (says: string) => page.locator(`.point:focus[aria-label*="${says}"]`).waitFor();
    await focused('Annabelle-Charlotte Featherstone, problem D: Accepted, python');
    await page.keyboard.press('Enter');
    const problems = page.getByRole('group', { name: 'Problem', exact: true });
    await problems.getByRole('button', { pressed: true }).filter({ hasText: /^D/ }).waitFor();
    await page.locator('.codes', { hasText: 'print(sum(map(int, data)))' }).waitFor();
    await page.locator('.said p', { hasText: /You submitted D$/ }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await focused('problem A: Wrong answer');
  });

  it('leads from a moment of the replay to the code of it', async () => {
    const { page } = ann;
    await open(ann, long);
    const slider = page.getByRole('slider', { name: 'Moment of the duel' });
    await slider.press('Home');
    await slider.press('ArrowRight');
    await ann.button('See the code').click();
    await page.locator('#codes-title:focus').waitFor();
    await page.locator('.source-text', { hasText: 'WA\n0\n' }).waitFor();
  });

  it('shows the code of both, and any of their tries', async () => {
    const { page } = ann;
    await open(ann, short);
    const codes = page.getByRole('region', { name: /^Code of / });
    expect(await codes.allTextContents()).toEqual([`AC ${short.id}\n`, `WA ${short.id}\n`]);
    await open(ann, long);
    const tries = page.getByLabel(`Submission of ${LONG_NAMES[0]}`);
    expect(await tries.locator('option').count()).toBeGreaterThan(2);
    await tries.selectOption({ index: 0 });
    await page.locator('.source-text', { hasText: 'WA\n0\n' }).waitFor();
  });

  it('can be taken along as a table and as a picture', async () => {
    const { page } = ann;
    await open(ann, long);
    await page.getByText('The timeline as a table').click();
    const file = async (name: RegExp) => {
      const [download] = await Promise.all([page.waitForEvent('download'), ann.button(name).click()]);
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
    };
    const table = await file(/CSV/);
    expect(table.name).toBe(`joust-${long.code}.csv`);
    expect(table.text.trim().split('\r\n')).toHaveLength(41);
    const chart = await file(/SVG/);
    expect(chart.text).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(chart.text).not.toContain('var(');
    expect(ann.complaints.found).toEqual([]);
  });

  it('is for those who were there: others learn that there is none for them', async () => {
    const cat = await stage.visitor('Cat');
    await open(cat, long);
    await cat.heading('No result for you here').waitFor();
  });

  it('leads on to a rematch in the room', async () => {
    await open(ann, short);
    await ann.button('Offer a rematch').click();
    await ann.page.getByText(/Waiting for .* to accept the rematch/).waitFor();
    expect(new URL(ann.page.url()).pathname).toBe(`/r/${short.code}`);
  });
});

describe('one’s own page', () => {
  it('counts what was played, lists it, and leads to each result', async () => {
    const { page } = ann;
    await page.goto('/me');
    await page.getByRole('link', { name: LONG_NAMES[1] }).first().waitFor();
    await ann.settled();
    expect(await page.locator('.stats dd').allTextContents()).toEqual([
      ...[expect.stringMatching(/^1\d{3}$/), '2', '2', '0', '0', '100 %', '4'],
    ]);
    await page.getByRole('img', { name: /over 2 rated duels/ }).waitFor();
    await page.getByRole('link', { name: LONG_NAMES[1] }).last().click();
    await ann.heading('You win').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/m/${long.id}`);
  });

  it('keeps what somebody likes on this device', async () => {
    const { page } = ann;
    await page.goto('/me');
    await page.getByLabel('Theme').last().selectOption('dark');
    await page.getByLabel('Language you write in').selectOption('python');
    await page.reload();
    expect(await page.getByLabel('Theme').last().inputValue()).toBe('dark');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    const language = page.getByLabel('Language you write in');
    expect(await language.inputValue()).toBe('python');
    await language.locator('option', { hasText: 'cpp' }).waitFor({ state: 'attached' });
    expect(await language.inputValue()).toBe('python');
  });

  it('asks a guest before he leaves for good', async () => {
    const cat = await stage.visitor('Leaving');
    await cat.page.goto('/me');
    await cat.button('Sign out').click();
    await cat.page.getByRole('dialog').getByRole('button', { name: 'No, go back' }).click();
    await cat.heading('Leaving').waitFor();
    await cat.button('Sign out').click();
    await cat.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await cat.button('Play as a guest').waitFor();
  });

  it('says what is wrong when the server is away, and goes on when it is back', async () => {
    const cat = await stage.visitor('Away');
    await cat.page.goto('/help');
    await cat.page.route('**/api/**/history*', (route) => route.abort());
    await cat.page.getByRole('link', { name: 'Away' }).click();
    await cat.page.getByText('The server does not answer.').waitFor();
    await cat.page.unroute('**/api/**/history*');
    await cat.button('Try again').click();
    await cat.page.getByText('None yet.').waitFor();
  });
});
