import type { Visitor } from './support/browser';
import { openRoom } from './support/duel';
import { Stage } from './support/scene';

const stage = new Stage();
let cat: Visitor;
beforeAll(async () => {
  await stage.open();
  cat = await stage.visitor('Cat');
});
afterAll(() => stage.close());

const come = async (code: string, password?: string) => {
  await cat.page.goto(`/r/${code}${password === undefined ? '' : `#${password}`}`);
  await cat.page.reload();
};

describe('whoever comes to a room', () => {
  it('is asked for its password, told when it is wrong, and let in with the right one', async () => {
    const room = await openRoom(await stage.server.guest('Ben'), { password: 'open sesame' });
    await come(room.code);
    await cat.heading('This room has a password').waitFor();
    const password = cat.page.getByRole('textbox', { name: 'Password' });
    expect(await cat.page.getByText('That is not the password').count()).toBe(0);
    await password.fill('open barley');
    await cat.button('Join').click();
    await cat.page.getByText('That is not the password').waitFor();
    await password.fill('open sesame');
    await cat.button('Join').click();
    await cat.heading('Get ready').waitFor();
    expect(new URL(cat.page.url()).hash).toBe('#open%20sesame');
    await room.host.post(`/rooms/${room.id}/cancel`);
    await cat.heading('This room is closed').waitFor();
  });

  it('that is full may watch it, where that is allowed', async () => {
    const room = await openRoom(await stage.server.guest('Ben'), { spectators: true, password: 'open sesame' });
    await (await stage.server.guest('Dan')).post('/rooms/join', { code: room.code, password: 'open sesame' });
    await come(room.code, 'open sesame');
    await cat.heading('This room is full').waitFor();
    await cat.button('Watch it instead').click();
    await cat.heading('The players get ready').waitFor();
    expect(await cat.button('I am ready').count()).toBe(0);
    await cat.page.reload();
    await cat.heading('The players get ready').waitFor();
  });

  it.each([
    ['started', 'This duel has started', '/start'],
    ['cancelled', 'This room is closed', '/cancel'],
  ])('that is %s is told so, and what to do next', async (_, title, move) => {
    const [ben, dan] = [await stage.server.guest('Ben'), await stage.server.guest('Dan')];
    const room = await openRoom(ben);
    await dan.post('/rooms/join', { code: room.code });
    for (const player of [ben, dan]) await player.post(`/rooms/${room.id}/ready`, { ready: true });
    await ben.post(`/rooms/${room.id}${move}`);
    await come(room.code);
    await cat.heading(title).waitFor();
    await cat.page.getByRole('link', { name: 'Create a duel of your own' }).waitFor();
  });

  it('that does not exist is told to check the code', async () => {
    await come('ZZZZZZZZ');
    await cat.heading('No such room').waitFor();
    await cat.page.getByRole('link', { name: 'To the start page' }).waitFor();
  });

  it('while playing in another one is led back there', async () => {
    const own = await openRoom(await stage.server.guest('Ben'));
    const other = await openRoom(await stage.server.guest('Dan'));
    await come(own.code);
    await cat.heading('Get ready').waitFor();
    await come(other.code);
    await cat.heading('You are in another room').waitFor();
    await cat.page.getByRole('link', { name: `Back to room ${own.code}` }).click();
    await cat.heading('Get ready').waitFor();
    await cat.button('Leave').click();
    await cat.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await cat.page.waitForURL('**/');
  });

  it('is told when the host removes him, and cannot come back', async () => {
    const room = await openRoom(await stage.server.guest('Ben'));
    await come(room.code);
    await cat.heading('Get ready').waitFor();
    const { body } = await room.host.get(`/rooms/${room.id}`);
    const { userId } = body.room.players.find(({ name }: { name: string }) => name === 'Cat');
    await room.host.post(`/rooms/${room.id}/kick`, { userId });
    await cat.heading('The host removed you').waitFor();
    await cat.page.reload();
    await cat.heading('The host removed you').waitFor();
  });

  it('without a name is asked for one first, and lands in the room', async () => {
    const room = await openRoom(await stage.server.guest('Ben'), { password: 'in the link' });
    const eve = await stage.visitor();
    await eve.page.goto(`/r/${room.code.toLowerCase()}#${encodeURIComponent('in the link')}`);
    await eve.heading('You are invited to a duel').waitFor();
    await eve.signIn('Eve');
    await eve.heading('Get ready').waitFor();
    expect(eve.complaints.found).toEqual([]);
  });
});

test('none of it broke the content policy or was told to the console', () => {
  expect(cat.complaints.found).toEqual([]);
});
