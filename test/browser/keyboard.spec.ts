import type { Page } from 'playwright-core';
import { openRoom } from './support/duel';
import { Stage } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const MOST_STEPS = 40;

/** Walks with the Tab key until what has the focus says this, as somebody without a mouse would. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const walked: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label');
      return label ?? element?.textContent ?? '';
    });
    if (name.test(here)) return;
    walked.push(here.slice(0, 30));
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by the keyboard: ${walked.join(' | ')}`);
}

describe('without a mouse', () => {
  it('a whole duel can be played', async () => {
    const ben = await stage.server.guest('Ben');
    const room = await openRoom(ben);
    const ann = await stage.visitor();
    const { page } = ann;
    const { keyboard } = page;
    await page.goto(`/r/${room.code}`);
    await ann.heading('You are invited to a duel').waitFor();
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor();
    await keyboard.type('Ann');
    await keyboard.press('Enter');
    await ann.heading('Get ready').waitFor();
    await tabTo(page, /^I am ready/);
    await keyboard.press('Space');
    await ann.button('I am not ready').waitFor();
    await ben.post(`/rooms/${room.id}/ready`, { ready: true });
    await ben.post(`/rooms/${room.id}/start`);
    await page.locator('.cm-content').waitFor();

    await tabTo(page, /^Code of problem A/);
    await keyboard.press('Control+A');
    await keyboard.type('WA by keys');
    await keyboard.press('Control+Enter');
    await page.locator('.run-result').waitFor();
    await keyboard.press('Control+Shift+Enter');
    await page.locator('.last-verdict', { hasText: 'Wrong answer' }).waitFor();

    // The same program again costs penalty: that is asked, and Escape is a no.
    await keyboard.press('F10');
    await page.getByRole('dialog', { name: 'Submit the same program again?' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    // Out of the editor: Escape, then Tab; by regions: F6; between problems: Alt and PageDown.
    await ann.leaveEditor();
    await tabTo(page, /^Submit A/);
    await keyboard.press('F6');
    await page.locator('.left-pane:focus').waitFor();
    await tabTo(page, /^Statement/);
    await keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: 'Leaderboard', selected: true }).waitFor();
    await keyboard.press('Alt+PageDown');
    await page.locator('.action-bar .submit', { hasText: 'Submit B' }).waitFor();
    await keyboard.press('Alt+PageUp');
    await page.locator('.action-bar .submit', { hasText: 'Submit A' }).waitFor();

    await keyboard.press('F6');
    await page.locator('.cm-content:focus').waitFor();
    await keyboard.press('Control+A');
    await keyboard.type('AC by keys');
    await keyboard.press('Control+S');
    await page.locator('.toast', { hasText: 'kept on this device' }).waitFor();
    await keyboard.press('F10');
    await page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();

    await ben.post(`/rooms/${room.id}/resign`);
    await ann.heading('You win').waitFor();
    await tabTo(page, /^Offer a rematch/);
    await keyboard.press('Enter');
    await page.getByText('Waiting for Ben to accept').waitFor();
    expect(ann.complaints.found).toEqual([]);
  });

  it('the panes can be resized, and remember it', async () => {
    const { ann } = await stage.duel();
    const splitter = ann.page.getByRole('separator', { name: 'Width of the statement' });
    const before = Number(await splitter.getAttribute('aria-valuenow'));
    await splitter.focus();
    await ann.page.keyboard.press('ArrowRight');
    await ann.page.keyboard.press('ArrowRight');
    await ann.page.reload();
    await splitter.waitFor();
    expect(Number(await splitter.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  });
});
