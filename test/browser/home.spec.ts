import { Stage } from './support/scene';
import type { Visitor } from './support/browser';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const rules = ({ page }: Visitor) => page.locator('.rules p').textContent();

describe('the start page', () => {
  it('takes a code in any spelling and a link, and says so when it is neither', async () => {
    const host = await stage.server.guest('Host');
    const { body } = await host.post('/rooms', { settings: { password: 'open sesame' } });
    const { code } = body.room as { code: string };
    const ann = await stage.visitor('Ann');
    const join = async (typed: string) => {
      await ann.page.goto('/');
      await ann.page.getByLabel('Code or link').fill(typed);
      await ann.button('Join').click();
    };
    await join('https://joust.example/somewhere');
    await ann.page.getByText('That is neither a room’s code nor its link.').waitFor();
    await join(`  ${code.toLowerCase().slice(0, 4)} ${code.toLowerCase().slice(4)} `);
    await ann.heading('This room has a password').waitFor();
    await join(`https://joust.example/r/${code.toLowerCase()}#open%20sesame`);
    await ann.heading('Get ready').waitFor();
    await ann.page.goto('/');
    await ann.page.getByRole('link', { name: 'Go back to it' }).click();
    await ann.heading('Get ready').waitFor();
    expect(ann.complaints.found).toEqual([]);
  });
});

describe('a new duel', () => {
  it('is created from the keyboard alone, with what was settled', async () => {
    const { page, heading, complaints } = await stage.visitor('Keys').then((visitor) => ({
      page: visitor.page,
      heading: (name: string) => visitor.heading(name),
      complaints: visitor.complaints,
    }));
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto('/new');
    await page.getByLabel('How many').focus();
    await press('ControlOrMeta+A', '2', 'Tab', 'm', 'Tab', 'Tab');
    await press('ArrowRight', 'ArrowRight'); // minutes: other
    await press('Tab', 'ControlOrMeta+A', '4', '5');
    await press('Tab', 'ArrowUp'); // password: none
    await press('Tab', 'Tab', 'Enter', 'Tab', 'ControlOrMeta+A', '1', '0'); // more settings: penalty
    await press('Enter');
    await heading('Invite your opponent').waitFor();
    const said = await page.locator('.rules p').textContent();
    expect(said).toContain('2 medium problems in 45 minutes.');
    expect(said).toContain('adds 10 minutes');
    expect(new URL(page.url()).hash).toBe('');
    expect(complaints.found).toEqual([]);
  });

  it('says in words what is wrong, takes one there, and opens what is folded away', async () => {
    const ann = await stage.visitor('Careless');
    const { page } = ann;
    await page.goto('/new');
    await page.getByText('More settings').click();
    await page.getByLabel('Freeze').fill('31');
    await page.getByText('More settings').click();
    await ann.button('Create the duel').click();
    await page.getByText('The freeze cannot be longer than the duel.').waitFor();
    expect(await page.getByLabel('Freeze').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('radio', { name: 'Chosen by me' }).check();
    await ann.button('Create the duel').click();
    await page.getByText('Choose at least one problem.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/new');
  });

  it('says when fewer problems fit than are wanted', async () => {
    const { page } = await stage.visitor('Picky');
    await page.goto('/new');
    await page.getByLabel('Topic').selectOption('dp');
    await page.getByText('Only 2 fit, so there will be 2.').waitFor();
    await page.getByLabel('Difficulty').selectOption('easy');
    await page.getByText('No problem fits.').waitFor();
    await page.getByLabel('Difficulty').selectOption('');
    await page.getByLabel('How many').fill('2');
    await page.getByText('fit').waitFor({ state: 'detached' });
  });

  it('on a problem that was read begins with that problem, in the order it is put in', async () => {
    const ann = await stage.visitor('Reader');
    const { page } = ann;
    await page.goto('/practice/fair-split');
    await page.getByRole('link', { name: 'Duel on this problem' }).click();
    await page.getByRole('checkbox', { name: 'A plus B' }).check();
    const chosen = page.getByRole('list', { name: 'Chosen problems' }).getByRole('listitem');
    expect(await chosen.allTextContents()).toEqual([
      expect.stringMatching(/^AFair Split/),
      expect.stringMatching(/^BA plus B/),
    ]);
    await ann.button('Move A plus B up').click();
    expect((await chosen.allTextContents())[0]).toMatch(/^AA plus B/);
    await page.getByLabel('Search').fill('blackout');
    await page.getByRole('checkbox', { name: 'Fair Split' }).waitFor({ state: 'detached' });
    expect((await chosen.allTextContents())[1]).toMatch(/^BFair Split/);
    await ann.button('Create the duel').click();
    await ann.heading('Invite your opponent').waitFor();
    expect(await rules(ann)).toContain('2 problems in 30 minutes');
    expect(await rules(ann)).toContain('casual');
  });
});

describe('the problems', () => {
  it('are found by title, difficulty and tag; the address says what is looked for, and a reload keeps it', async () => {
    const { page, button } = await stage.visitor().then((visitor) => ({
      page: visitor.page,
      button: (name: string) => visitor.button(name),
    }));
    const found = (count: string) => page.locator('.found', { hasText: new RegExp(`^${count}`) }).waitFor();
    const titles = () => page.locator('.problem-list a').allTextContents();
    await page.goto('/practice');
    await page.getByLabel('Search').fill('STRETCH');
    await found('1 problem');
    expect(await titles()).toEqual(['Best Stretch']);
    await button('Show all').click();
    await found('16 problems');
    await page.getByLabel('Difficulty').selectOption('easy');
    await found('5 problems');
    await button('strings').first().click();
    await found('2 problems');
    expect(new URL(page.url()).search).toBe('?difficulty=easy&tag=strings');
    await page.reload();
    await found('2 problems');
    expect(await titles()).toEqual(['Bracket Repair', 'Loudest Word']);
  });
});
