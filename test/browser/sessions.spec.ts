import { devices, type Browser } from 'playwright-core';
import { newSubject, type WithGoogle } from '../support/google';
import { Visitor } from './support/browser';
import { ADDRESS, type GoogleSite, openGoogleSite } from './support/google-site';
import { openRoom, startDuel } from './support/duel';

/** What each device says of itself. */
const DESK = devices['Desktop Firefox'];
const PHONE = devices['iPhone 15'];

let site: GoogleSite;
let google: WithGoogle;
let browser: Browser;
beforeAll(async () => {
  site = await openGoogleSite();
  ({ google, browser } = site);
});
afterAll(() => site.close());

/** The same person at a desk and at a phone, signed in at both. */
async function atTwoDevices(): Promise<{ desk: Visitor; phone: Visitor }> {
  await google.provider.plan({ subject: newSubject(), userinfo: { name: 'Grace' } });
  const desk = await Visitor.open(browser, ADDRESS, { userAgent: DESK.userAgent });
  const phone = await Visitor.open(browser, ADDRESS, { userAgent: PHONE.userAgent, viewport: PHONE.viewport });
  for (const visitor of [desk, phone]) {
    await visitor.page.goto('/me');
    await signInWithGoogle(visitor);
    await visitor.page.getByText('You are signed in.').waitFor();
  }
  return { desk, phone };
}
const signInWithGoogle = ({ page }: Visitor) => page.getByRole('link', { name: 'Sign in with Google' }).click();
const listed = ({ page }: Visitor) =>
  page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem').allTextContents();

it('another device is signed out from this one: there the page asks to sign in, and what was typed is still there', async () => {
  const { desk, phone } = await atTwoDevices();
  const ben = await google.server.guest('Ben');
  const room = await openRoom(ben);
  await phone.page.goto(`/r/${room.code}`);
  await phone.button('I am ready').click();
  await phone.button('I am not ready').waitFor();
  await startDuel(room, []);
  await phone.button('Code').click();
  await phone.write('# typed on the phone');
  await desk.page.reload();
  await desk.settled();
  expect(await listed(desk)).toEqual([
    expect.stringMatching(/^Safari on iOSUsed within the last 15 minutesSign out$/),
    expect.stringMatching(/^Firefox on \w+This deviceUsed within the last 15 minutes$/),
  ]);
  await desk.button('Sign out Safari on iOS').click();
  await desk.page.getByText('Signed out: Safari on iOS.').waitFor();
  await phone.heading('Your session has ended').waitFor();
  expect(await phone.written()).toBe('# typed on the phone');
  expect(await listed(desk)).toHaveLength(1);
  expect(await desk.button('Sign out everywhere').count()).toBe(0);
  await signInWithGoogle(phone);
  await phone.page.getByText('Your draft is back.').waitFor({ state: 'attached' });
  expect(await phone.written()).toBe('# typed on the phone');
  for (const { complaints } of [desk, phone]) expect(complaints.found).toEqual([]);
});

it('who leaves the page before he is let in is let in by the next', async () => {
  await google.provider.plan({ subject: newSubject(), userinfo: { name: 'Grace' } });
  const { page } = await Visitor.open(browser, ADDRESS);
  await page.goto('/me');
  await page.route('**/api/auth/refresh', () => undefined, { times: 1 });
  await page.getByRole('link', { name: 'Sign in with Google' }).click();
  await page.getByText('You are signed in.').waitFor();
  await page.goto('/practice');
  await page.getByRole('link', { name: 'Grace' }).waitFor();
});

it('everywhere is asked for first, and then every device is out', async () => {
  const { desk, phone } = await atTwoDevices();
  await phone.page.goto('/practice');
  await phone.page.getByRole('link', { name: 'Grace' }).waitFor();
  await desk.page.reload();
  await desk.button('Sign out everywhere').click();
  const question = desk.page.getByRole('dialog', { name: 'Sign out everywhere?' });
  await question.getByText('This device, too.').waitFor();
  await question.getByRole('button', { name: 'No, go back' }).click();
  await desk.heading('Grace').waitFor();
  await desk.button('Sign out everywhere').click();
  await question.getByRole('button', { name: 'Sign out everywhere' }).click();
  await desk.page.waitForURL('**/');
  await desk.page.getByRole('link', { name: 'Sign in with Google' }).waitFor();
  await phone.page.getByRole('link', { name: 'Grace' }).click();
  await phone.heading('Your session has ended').waitFor();
  for (const { complaints } of [desk, phone]) expect(complaints.found).toEqual([]);
});

it('a list that cannot be had says so, and a device that is out already too', async () => {
  const { desk, phone } = await atTwoDevices();
  await desk.page.route('**/api/me/sessions', (route) => route.abort());
  await desk.page.reload();
  await desk.page.getByRole('alert').getByText('The server does not answer.').waitFor();
  await desk.page.unroute('**/api/me/sessions');
  await desk.button('Try again').click();
  await phone.page.getByRole('region', { name: 'Account' }).getByRole('button', { name: 'Sign out' }).click();
  await phone.page.waitForURL('**/');
  await desk.button('Sign out Safari on iOS').click();
  await desk.page.getByText('Signed out: Safari on iOS.').waitFor();
  expect(await listed(desk)).toHaveLength(1);
});
