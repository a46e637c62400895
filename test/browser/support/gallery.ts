import type { Stage } from './scene';
import { Rivals } from './past';
import type { Look } from './tour';
import type { Visitor } from './browser';

/** Goes through the screens around the room in the states that look different, and stops at each. */
export async function gallery(stage: Stage, look: Look): Promise<Visitor[]> {
  const rivals = await Rivals.meet(stage);
  const { ann, ben } = rivals;
  const long = await rivals.playLong();
  const nothing = await rivals.playNothing();
  const casual = await rivals.playShort(ann, { problems: ['a-plus-b'] });
  for (const loser of [ben, ben, ann, ben]) await rivals.playShort(loser);
  const sealed = await rivals.playShort(ben, { freezeMinutes: 10, minutes: 10 });
  const { body: open } = await ann.post('/rooms', { settings: { password: null } });
  const visitor = await rivals.sitDown(ann);
  const see = async (name: string, path: string) => {
    await visitor.page.goto(path);
    await visitor.settled();
    await look(name, visitor);
  };
  await results(visitor, see, look, long.id);
  await see('result-nothing', `/m/${nothing.id}`);
  await see('result-casual', `/m/${casual.id}`);
  await see('result-sealed', `/m/${sealed.id}`);
  await see('result-not-over', `/m/${open.room.id}`);
  await see('result-not-found', '/m/room_nothere');
  await visitor.page.route('**/api/**/events*', (route) => route.abort());
  await see('result-away', `/m/${long.id}`);
  await visitor.page.unroute('**/api/**/events*');
  await visitor.button('Try again').click();
  await visitor.heading('You win').waitFor();
  await see('me-history', '/me');
  await visitor.page.route('**/api/**/history*', (route) => route.abort());
  await see('me-away', '/me');
  await visitor.page.unroute('**/api/**/history*');
  await visitor.page.goto(`/r/${open.room.code}`);
  await visitor.heading('Invite your opponent').waitFor();
  await visitor.page.goto('/');
  await visitor.page.locator('.open-room').waitFor();
  await visitor.page.locator('.recent').waitFor();
  await look('home-recent', visitor);
  await problems(visitor, see, look);
  await newRoom(visitor, look);
  return [visitor];
}

type See = (name: string, path: string) => Promise<void>;

async function results({ page }: Visitor, see: See, look: Look, roomId: string): Promise<void> {
  const visitor = { page } as Visitor;
  await see('result-long', `/m/${roomId}`);
  await page.getByText('The timeline as a table').click();
  await page.getByRole('slider', { name: 'Moment of the duel' }).fill('30');
  await look('result-long-replay', visitor);
}

async function problems(visitor: Visitor, see: See, look: Look): Promise<void> {
  await see('practice-filtered', '/practice?difficulty=easy&tag=strings');
  await visitor.page.getByLabel('Search').fill('nothing of the kind');
  await visitor.page.getByText('No problem fits').waitFor();
  await look('practice-nothing', visitor);
  await see('practice-not-found', '/practice/no-such-problem');
  await see('practice-formulas', '/practice/radio-mast');
}

async function newRoom(visitor: Visitor, look: Look): Promise<void> {
  const { page } = visitor;
  await page.goto('/new?problem=a-plus-b');
  await page.getByText('Blackout').click();
  await page.getByRole('radio', { name: 'Other', exact: true }).check();
  await page.getByLabel('How many minutes').fill('1000');
  await page.getByRole('radio', { name: 'My own' }).check();
  await page.getByText('More settings').click();
  await page.getByLabel('Freeze').fill('many');
  await visitor.button('Create the duel').click();
  await page.getByText('Enter a number from 0.1 to 300.').waitFor();
  await look('new-wrong', visitor);
}
