import { Stage, type Duel } from './support/scene';

const stage = new Stage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const MINUTE = 60_000;

/** Time goes by for the server, and the page is looked at again. */
async function pass({ ann }: Duel, ms: number): Promise<void> {
  stage.clock.travel(ms);
  await ann.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

describe('the end of a duel', () => {
  it('by time locks what is written, waits for the last verdict, and then says who won', async () => {
    const duel = await stage.duel({ minutes: 10 });
    const { ann } = duel;
    await ann.write('hold my verdict');
    await ann.button(/^Submit/).click();
    await stage.judge.holding('hold my verdict');
    await pass(duel, 10 * MINUTE);
    await ann.page.getByText('Time is up. Waiting for 1 verdict.').waitFor();
    await ann.button(/^Time is up/).waitFor();
    await ann.page.locator('.cm-content[aria-readonly="true"]').waitFor();
    // While time flew its lease ran out: it may be judged anew.
    stage.judge.insists.set('hold my verdict', 'AC');
    for (const job of stage.judge.heldOf('hold my verdict')) job.say('AC');
    await ann.heading('You win').waitFor();
    await ann.page.getByText('1–0 solved').waitFor();
    expect(ann.complaints.found).toEqual([]);
  });

  it('by agreement is offered by one and agreed to by the other', async () => {
    const { ann, ben, room } = await stage.duel();
    await ben.post(`/rooms/${room.id}/end`);
    await ann.page.locator('.banner', { hasText: 'Ben offers to end now' }).waitFor();
    await ann.button('Agree to end now').first().click();
    await ann.heading('A draw').waitFor();
  });
});

describe('an opponent who loses the connection', () => {
  it('is said to be away, since when, and what follows', async () => {
    const duel = await stage.duel({ onGone: 'claim' });
    const { ann, ben, room } = duel;
    await ben.watch(room.id);
    await ann.page.locator('.score .presence.online').waitFor();
    ben.disconnect();
    await ann.page.locator('.score .presence.away').waitFor();
    expect(await ann.page.locator('.absence').count()).toBe(0);
    await pass(duel, 20_000);
    await ann.page.getByText(/Ben lost the connection 0:2\d ago. The clock goes on./).waitFor();
    await pass(duel, MINUTE);
    await ann.page.getByText('You can claim the win in the menu.').waitFor();
    await ann.page.getByText('Menu', { exact: true }).click();
    await ann.button('Claim the win').click();
    await ann.heading('You win').waitFor();
    await ann.page.getByText('Ben was gone').waitFor();
  });
});
