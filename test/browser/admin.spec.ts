import { submit } from '../support/rooms';
import type { Visitor } from './support/browser';
import { openRoom } from './support/duel';
import { Stage } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const table = ({ page }: Visitor, name: string) => page.getByRole('group', { name, exact: true });
const answer = async (visitor: Visitor, label: string, text: string, button: string) => {
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByLabel(label).fill(text);
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'detached' });
};

describe('the pages of the staff', () => {
  it('are no pages for players, who see no way to them either', async () => {
    const ann = await stage.visitor('Ann');
    await ann.page.goto('/admin/users');
    await ann.heading('For staff only').waitFor();
    expect(await ann.page.getByRole('link', { name: 'Staff' }).count()).toBe(0);
    await expect(ann.post('/admin/announcements', { text: 'Hear me' })).rejects.toThrow('auth.forbidden');
  });

  it('show each of the staff what is his, and nothing else', async () => {
    const setter = await stage.staff('setter');
    const links = setter.page.getByRole('navigation', { name: 'Staff pages' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(['Problems', 'Analytics']);
    await setter.page.goto('/admin/users');
    await setter.heading('Nothing here for you').waitFor();
    expect(setter.complaints.found).toEqual([]);
  });
});

describe('an admin', () => {
  it('bans somebody who is in a room: he is out within seconds, and the audit log knows why', async () => {
    const eve = await stage.visitor('Eve of the rooms');
    const room = await openRoom(await stage.server.guest('Ben'));
    await eve.page.goto(`/r/${room.code}`);
    await eve.heading('Get ready').waitFor();
    const admin = await stage.staff('admin', '/admin/users');
    await admin.page.getByLabel('Name begins with, or id').fill('eve of');
    await admin.button('Search').click();
    await admin.page.getByRole('link', { name: 'Eve of the rooms' }).click();
    await admin.button('Ban').click();
    await answer(admin, 'Reason', 'spoils every duel', 'Ban');
    await admin.button('Let in again').waitFor();
    await eve.heading('Your session has ended').waitFor();
    await admin.page.getByRole('link', { name: 'Audit log' }).click();
    const line = table(admin, 'Audit log').getByRole('row', { name: /user\.ban/ });
    await line.getByText('spoils every duel').waitFor();
    expect(admin.complaints.found).toEqual([]);
  });

  it('changes a role after being asked, and not when he says no', async () => {
    const cat = await stage.server.guest('Cat');
    const admin = await stage.staff('admin', `/admin/users/${cat.id}`);
    const role = admin.page.getByLabel('Role');
    const dialog = admin.page.getByRole('dialog');
    await role.selectOption('judge');
    await dialog.getByRole('button', { name: 'No, go back' }).click();
    await admin.settled();
    expect(await role.inputValue()).toBe('player');
    await role.selectOption('judge');
    await dialog.getByRole('button', { name: 'Make judge' }).click();
    await dialog.waitFor({ state: 'detached' });
    await admin.settled();
    await admin.page.reload();
    await admin.settled();
    expect(await role.inputValue()).toBe('judge');
  });

  it('finds a room by its code, tells it something, which everybody in it reads, and closes it', async () => {
    const { ann, room } = await stage.duel();
    const admin = await stage.staff('admin', '/admin/rooms');
    await admin.page.getByLabel('Code or id').fill(room.code.toLowerCase());
    await admin.button('Search').click();
    await admin.page.getByRole('link', { name: room.code }).click();
    await admin.button('Tell them something').click();
    await answer(admin, 'What to tell', 'Problem B has been corrected.', 'Tell them');
    await ann.page.locator('.toast', { hasText: 'Problem B has been corrected.' }).waitFor();
    await admin.button('Close the room').click();
    await admin.page.getByText('The contest ends now.').waitFor();
    await answer(admin, 'Reason', 'power cut', 'Close the room');
    await ann.heading('A draw').waitFor();
    expect(admin.complaints.found).toEqual([]);
  });

  it('tells all rooms something', async () => {
    const { ann } = await stage.duel();
    const admin = await stage.staff('admin');
    await admin.button('Tell all rooms something').click();
    await answer(admin, 'What to tell', 'Lunch is served.', 'Tell them');
    await ann.page.locator('.toast', { hasText: 'Lunch is served.' }).waitFor();
    await admin.page.getByText(/^Told \d+ rooms?\.$/).waitFor();
  });
});

describe('a judge', () => {
  it('judges a room again: sees what it would touch and what would change before it does', async () => {
    const { ben, room } = await stage.duel();
    const source = `WA ${room.id}`;
    const submissionId = await submit(ben, room.id, source);
    const verdict = async () => (await ben.get(`/submissions/${submissionId}`)).body.verdict;
    const judge = await stage.staff('judge', `/admin/submissions?roomId=${room.id}`);
    await table(judge, 'Submissions').getByText('Wrong answer').waitFor();
    stage.judge.insists.set(source, 'AC');
    await judge.page.goto(`/admin/rejudges?roomId=${room.id}`);
    await judge.button('See what it would touch').click();
    await judge.page.getByText('1 submission in 1 room (now 1 WA).').waitFor();
    await judge.page.getByLabel('Reason').fill('a test was wrong');
    await judge.button('Judge them beside their verdicts').click();
    await table(judge, 'What changes').getByText('Accepted').waitFor();
    expect(await verdict()).toBe('WA');
    await judge.button(`Boards of room ${room.code}`).click();
    await table(judge, 'As it would be')
      .getByRole('row', { name: /^1\. Ben 1 / })
      .waitFor();
    await table(judge, 'As it is')
      .getByRole('row', { name: / Ben 0 / })
      .waitFor();
    await judge.button('Apply').click();
    await judge.page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await judge.page.getByText('Applied 1.').waitFor();
    expect(await verdict()).toBe('AC');
    expect(judge.complaints.found).toEqual([]);
  });

  it('has what was given up judged again', async () => {
    const { ben, room } = await stage.duel();
    const source = `BROKEN ${room.id}`;
    const submissionId = await submit(ben, room.id, source);
    const judge = await stage.staff('judge', '/admin/dead-letters');
    const letter = judge.page.getByRole('link', { name: submissionId.slice(0, 12) });
    await letter.click();
    await table(judge, 'What was tried').getByText('The engine was told to fail').first().waitFor();
    stage.judge.insists.set(source, 'AC');
    await judge.button('Judge it again').click();
    await judge.page.getByText('1 of 1 will be judged again.').waitFor();
    const watch = await ben.watch(room.id, 0);
    await watch.until(({ type, data }) => type === 'submission.judged' && data.verdict === 'AC');
    watch.socket.disconnect();
    await judge.page.goto(`/admin/submissions/${submissionId}`);
    await judge.page.getByText('Accepted').first().waitFor();
  });
});

it('a setter writes a problem, sees it as its readers will, and a new room has it', async () => {
  const setter = await stage.staff('setter', '/admin/problems');
  const { page } = setter;
  await page.getByText('New problem', { exact: true }).click();
  await page.getByLabel('Title of the new problem').fill('Two Halves');
  await page.getByLabel('Short name').fill('Two Halves');
  await setter.button('Create the draft').click();
  await page.getByText('Small letters, digits and hyphens, such as').waitFor();
  await page.getByLabel('Short name').fill('two-halves');
  await setter.button('Create the draft').click();
  await setter.heading('Two Halves').waitFor();
  await page.getByLabel('Statement').fill('Halve $x^2$ **twice**.');
  const preview = page.getByRole('region', { name: 'As its readers see it' });
  await preview.locator('strong', { hasText: 'twice' }).waitFor();
  await preview.locator('.katex').first().waitFor();
  await setter.button('Publish').click();
  await page.getByText('A published problem needs at least one sample').first().waitFor();
  for (const isSample of [true, false]) {
    await setter.button('Add a test').click();
    if (isSample) await page.getByLabel('A sample, which everybody sees').check();
    await page.getByLabel('Input', { exact: true }).fill('4');
    await page.getByLabel('Answer', { exact: true }).fill('1');
    await setter.button('Add it').click();
    await setter.button('Add it').waitFor({ state: 'detached' });
  }
  await setter.button('Save').click();
  await page.getByText('Saved.').waitFor();
  await setter.button('Publish').click();
  await page.getByText('Two Halves is published.').waitFor();
  const { ann } = await stage.duel({ problems: ['two-halves'] });
  await ann.page.getByText('twice').waitFor();
  expect(setter.complaints.found).toEqual([]);
});

it('a setter puts files in place of texts, hears of one that is no text, and moves a test among its kind', async () => {
  const setter = await stage.staff('setter');
  const { page } = setter;
  const limits = { cpuMs: 1000, memoryKiB: 262_144 };
  const problem = { slug: 'long-tests', title: 'Long Tests', difficulty: 'easy', statement: 'Read on.', limits };
  await setter.post('/admin/problems', problem);
  for (const input of ['first', 'second', 'third'])
    await setter.post('/admin/problems/long-tests/tests', { sample: input === 'first', input, answer: '1' });
  await page.goto('/admin/problems/long-tests');
  await setter.button('Edit test 2').click();
  const choose = (buffer: Buffer) =>
    page.getByLabel('Input from a file').setInputFiles({ name: '2.in', mimeType: 'text/plain', buffer });
  await choose(Buffer.from([0xe9, 0x0a]));
  await setter.button('Save the test').click();
  await page.getByText('The input was not taken. It is not plain text in UTF-8.').waitFor();
  await choose(Buffer.alloc(2 ** 20, '12\n'));
  await setter.button('Save the test').click();
  const row = (name: string) => table(setter, 'Tests').getByRole('row', { name });
  await row('2, secret').getByText('… 1.0 MiB in all').waitFor();
  await setter.button('Move test 2 down').click();
  await row('3, secret').getByText('… 1.0 MiB in all').waitFor();
  await page.locator('[aria-label="Move test 3 down"]:focus').waitFor();
  await page.reload();
  await row('3, secret').getByText('… 1.0 MiB in all').waitFor();
  await row('2, secret').getByText('third').waitFor();
  expect(setter.complaints.found).toEqual([]);
});

it('the figures have a plot, and behind it a table that says the same', async () => {
  const admin = await stage.staff('admin', '/admin/analytics');
  const plot = admin.page.getByRole('region', { name: 'New users', exact: true });
  const said = await plot.getByRole('img').getAttribute('aria-label');
  const [, sum] = /: (\d+) in all/.exec(said!)!;
  await plot.getByText('New users as a table').click();
  const cells = await plot.getByRole('cell').allTextContents();
  expect(cells.map(Number).reduce((total, one) => total + one, 0)).toBe(Number(sum));
  expect(Number(sum)).toBeGreaterThan(0);
});
