import { Stage } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

describe('the keys of vim', () => {
  it('move and change, leave our own keys alone, lead out of the editor, and are remembered', async () => {
    const { ann } = await stage.duel();
    const { page } = ann;
    const { keyboard } = page;
    const loaded: string[] = [];
    page.on('response', (response) => loaded.push(response.url()));
    await ann.write('WA line one\nAC line two');
    expect(loaded.filter((url) => url.includes('/vim-'))).toEqual([]);
    await page.getByText('Editor', { exact: true }).click();
    await page.getByLabel('Keys').selectOption('vim');
    await page.getByText('--NORMAL--').waitFor();
    await page.locator('.cm-content').focus();

    await keyboard.type('ggdd');
    await expect(ann.written()).resolves.toBe('AC line two');
    await keyboard.type('u');
    await expect(ann.written()).resolves.toBe('WA line one\nAC line two');
    await keyboard.type('ggddA by vim');
    await page.getByText('--INSERT--').waitFor();
    await expect(ann.written()).resolves.toBe('AC line two by vim');

    await keyboard.press('Control+Enter');
    await page.locator('.run-result').waitFor();
    await keyboard.press('Escape');
    await page.getByText('--NORMAL--').waitFor();
    await keyboard.press('Control+Shift+Enter');
    await page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor();
    await expect(ann.written()).resolves.toBe('AC line two by vim');

    await keyboard.press('i');
    await page.getByText('--INSERT--').waitFor();
    await ann.leaveEditor();
    await expect(ann.written()).resolves.toBe('AC line two by vim');

    await page.reload();
    await page.getByText('--NORMAL--').waitFor();
    await page.locator('.cm-content').focus();
    await keyboard.press('Alt+PageDown');
    await page.locator('.action-bar .submit', { hasText: 'Submit B' }).waitFor();
    await page.getByText('--NORMAL--').waitFor();
    await page.getByText('Editor', { exact: true }).click();
    await page.getByLabel('Keys').selectOption('standard');
    await page.getByText('--NORMAL--').waitFor({ state: 'detached' });
    await ann.write('plain again');
    await expect(ann.written()).resolves.toBe('plain again');
    expect(ann.complaints.found).toEqual([]);
  });
});
