import { Stage } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

it('one writes as soon as the editor is there: the grammar of the language, and its colours, may come later', async () => {
  const { ann } = await stage.duel();
  const { page } = ann;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const asked: string[] = [];
  await page.route(/\/assets\/(python|cpp)-.*\.js$/, async (route) => {
    asked.push(route.request().url());
    await held;
    await route.continue();
  });
  await page.reload();
  await ann.write('return 42');
  expect(await ann.written()).toBe('return 42');
  expect(asked).toHaveLength(1);
  expect(await page.locator('.cm-line span').count()).toBe(0);
  letGo();
  await page.locator('.cm-line span', { hasText: 'return' }).waitFor();
  expect(await ann.written()).toBe('return 42');
  expect(ann.complaints.found).toEqual([]);
});

it('its settings unfold over the page, and fold again on a press beside them and on Escape', async () => {
  const { ann } = await stage.duel();
  const { page } = ann;
  const settings = page.getByText('Editor', { exact: true });
  const size = page.getByLabel('Font size');
  await settings.click();
  await size.selectOption('18');
  await size.waitFor();
  await page.locator('.statement > h2').click();
  await size.waitFor({ state: 'hidden' });
  await settings.click();
  await size.focus();
  await page.keyboard.press('Escape');
  await size.waitFor({ state: 'hidden' });
  expect(await settings.evaluate((summary) => summary === document.activeElement)).toBe(true);
});
