import type { Browser } from 'playwright-core';
import { newSubject, type WithGoogle } from '../support/google';
import { Visitor } from './support/browser';
import { ADDRESS, type GoogleSite, openGoogleSite } from './support/google-site';

let site: GoogleSite;
let google: WithGoogle;
let browser: Browser;
beforeAll(async () => {
  site = await openGoogleSite();
  ({ google, browser } = site);
});
afterAll(() => site.close());

async function visit(path: string): Promise<Visitor> {
  const visitor = await Visitor.open(browser, ADDRESS);
  await visitor.page.goto(path);
  return visitor;
}
const leave = ({ page }: Visitor) => page.getByRole('link', { name: 'Sign in with Google' }).click();

it('somebody signs in with Google, and is still signed in after a reload', async () => {
  await google.provider.plan({ subject: newSubject(), userinfo: { name: 'Grace' } });
  const grace = await visit('/practice');
  await grace.page.goto('/me');
  await leave(grace);
  await grace.page.getByText('You are signed in.').waitFor();
  await grace.page.getByRole('link', { name: 'Grace' }).first().waitFor();
  expect(grace.page.url()).toBe(`${ADDRESS}/me`);
  await grace.page.reload();
  await grace.page.getByRole('link', { name: 'Grace' }).first().waitFor();
  expect(grace.complaints.found).toEqual([]);
});

it('whoever says no at Google is told so, and may play as a guest', async () => {
  await google.provider.plan({ error: 'access_denied' });
  const ann = await visit('/');
  await leave(ann);
  await ann.page.getByText('You did not go on at Google').waitFor();
  expect(ann.page.url()).toBe(`${ADDRESS}/`);
  await ann.signIn('Ann');
  expect(ann.complaints.found).toEqual([]);
});

it('a guest links his account and keeps his name', async () => {
  const ben = await visit('/me');
  await ben.signIn('Ben');
  await google.provider.plan({ subject: newSubject(), userinfo: { name: 'Benjamin' } });
  await ben.page.getByRole('link', { name: 'Link a Google account' }).click();
  await ben.page.getByText('Your Google account is linked.').waitFor();
  await ben.page.getByRole('link', { name: 'Ben' }).first().waitFor();
  expect(await ben.page.getByRole('link', { name: 'Link a Google account' }).count()).toBe(0);
});
