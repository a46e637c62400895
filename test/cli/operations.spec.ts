import { join } from 'node:path';
import type { RoomId, SubmissionId } from '../../src/contract/terms';
import { RoomStore } from '../../src/store/room.store';
import { SubmissionStore } from '../../src/store/submission.store';
import { UserStore } from '../../src/store/user.store';
import { expectFailure, Folder, joust } from '../support/command-line';
import { prepareData } from '../support/data-folder';
import { eventually, FIVE_SECONDS } from '../support/eventually';
import type { Player, Watch } from '../support/player';
import { openFor, startFor, submission, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

const folder = new Folder();
const env = { DATA_DIR: join(folder.path, 'data') };
beforeAll(() => prepareData(env.DATA_DIR));
afterAll(() => folder.remove());

async function submit(player: Player, roomId: string, source: string): Promise<SubmissionId> {
  const { status, body } = await player.post(`/rooms/${roomId}/submissions`, submission(source));
  expect(status).toBe(202);
  return body.submissionId;
}

const judgedTimes = (watch: Watch, id: string) =>
  watch.events.filter(({ type, data }) => type === 'submission.judged' && data.submissionId === id).length;

async function judgedAgain(watch: Watch, id: string, times: number): Promise<void> {
  await watch.until(() => judgedTimes(watch, id) >= times);
  expect(judgedTimes(watch, id)).toBe(times);
}

describe('while a server runs', () => {
  let server: TestServer;
  let ada: Player;
  let bob: Player;
  beforeAll(async () => {
    server = await startServer({ env });
    ada = await server.guest('Ada');
    bob = await server.guest('Bob');
  });
  afterAll(() => server.close());

  it('a role is granted by name and by id, holds within seconds, and is noted once', async () => {
    const granted = await joust(['user:grant', 'Ada', 'admin', '--json'], env);
    expect(granted).toMatchObject({ code: 0, stderr: '', json: { id: ada.id, name: 'Ada', role: 'admin' } });
    await eventually('the role is there', async () => (await ada.get('/me')).body.role === 'admin');
    const back = await joust(['user:grant', ada.id, 'player'], env);
    expect(back).toMatchObject({ code: 0, stdout: `Ada (${ada.id}) is now player.\n` });
    const again = await joust(['user:grant', ada.id, 'player'], env);
    expect(again).toMatchObject({ code: 0, stdout: `Ada (${ada.id}) is player already.\n` });
    const noted = await server.world.db.query(
      'SELECT actor, action, detail FROM audit WHERE subject = $1 ORDER BY id',
      [ada.id],
    );
    expect(noted).toEqual([
      { actor: 'cli', action: 'user.grant', detail: { from: 'player', to: 'admin' } },
      { actor: 'cli', action: 'user.grant', detail: { from: 'admin', to: 'player' } },
    ]);
  });

  it('somebody is banned, forfeits what he plays, and is let in again', async () => {
    const [eva, max] = [await server.guest('Eva'), await server.guest('Max')];
    const room = await startFor(eva, max);
    const watch = await max.watch(room.id, 0);
    const banned = await joust(['user:ban', 'Eva', '--json'], env);
    expect(banned).toMatchObject({
      code: 0,
      stderr: '',
      json: { id: eva.id, name: 'Eva', banned: true, changed: true },
    });
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: max.id, reason: 'forfeit' });
    await eventually('she is shut out', async () => (await eva.get('/me')).status === 403, {
      patienceMs: FIVE_SECONDS,
    });
    const again = await joust(['user:unban', eva.id], env);
    expect(again).toMatchObject({ code: 0, stdout: `Eva (${eva.id}) is let in again.\n` });
    await eventually('she is let in', async () => (await eva.get('/me')).status === 200, { patienceMs: FIVE_SECONDS });
  });

  it('a name that two bear is refused with their ids, as is one nobody bears', async () => {
    const twins = [await server.guest('Twin'), await server.guest('Twin')];
    const said = await joust(['user:grant', 'Twin', 'admin'], env);
    expectFailure(said, /^2 users are called Twin; name one by id: /);
    for (const { id } of twins) expect(said.stderr).toContain(id);
    expectFailure(await joust(['user:grant', 'Nobody', 'admin'], env), /^There is no user Nobody\.$/m);
    expectFailure(await joust(['user:grant', 'Ada', 'king'], env), /Allowed choices are player, setter, judge, admin/);
  });

  it('submissions are judged again, alone and with others, and a room is closed; its players hear of it', async () => {
    const room = await startFor(ada, bob);
    const watch = await bob.watch(room.id);
    const [right, wrong] = [await submit(ada, room.id, SUM), await submit(bob, room.id, 'print(1)')];
    await judgedAgain(watch, right, 1);
    await judgedAgain(watch, wrong, 1);

    const one = await joust(['submission:rejudge', wrong, '--json'], env);
    expect(one).toMatchObject({ code: 0, stderr: '', json: { rejudged: [wrong] } });
    await judgedAgain(watch, wrong, 2);
    expect(judgedTimes(watch, right)).toBe(1);

    const ofRoom = await joust(['submission:rejudge', '--room', room.code.toLowerCase(), '--json'], env);
    expect(ofRoom.json.rejudged.toSorted()).toEqual([right, wrong].sort());
    await judgedAgain(watch, right, 2);
    await judgedAgain(watch, wrong, 3);

    const ofProblem = ['submission:rejudge', '--problem', 'a-plus-b', '--room', room.id];
    expect(await joust(ofProblem, env)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^To be .* again: 2\./),
    });
    await judgedAgain(watch, right, 3);
    await judgedAgain(watch, wrong, 4);

    const closed = await joust(['room:close', room.code, '--json'], env);
    expect(closed).toMatchObject({
      ...{ code: 0, stderr: '' },
      json: { roomId: room.id, events: ['contest.ended', 'contest.finalized'] },
    });
    expect((await watch.until('contest.finalized')).data.winnerId).toBe(ada.id);
    const again = await joust(['room:close', room.id], env);
    expect(again).toMatchObject({ code: 0, stdout: `Room ${room.id} was closed already.\n` });
    const noted = await server.world.db.query<{ actor: string; action: string }[]>(
      'SELECT actor, action FROM audit WHERE subject = ANY($1) ORDER BY id',
      [[room.id, wrong]],
    );
    expect(noted.map(({ actor, action }) => [actor, action])).toEqual([
      ...Array.from({ length: 3 }, () => ['cli', 'submissions.rejudge']),
      ['cli', 'room.close'],
    ]);
  });

  it('what there is not is refused with a sentence', async () => {
    expectFailure(await joust(['room:close', 'ZZZZZZZZ'], env), /^There is no room ZZZZZZZZ\.$/m);
    expectFailure(await joust(['room:close', 'room_none'], env), /^There is no room room_none\.$/m);
    expectFailure(await joust(['submission:rejudge', 'sub_none'], env), /^There is no submission sub_none\.$/m);
    expectFailure(await joust(['submission:rejudge', '--problem', 'none'], env), /^There is no problem none\.$/m);
    for (const given of [[], ['sub_x', '--room', 'ZZZZZZZZ']])
      expectFailure(await joust(['submission:rejudge', ...given], env), /^Name one submission, or a --room/);
  });
});

describe('while none runs', () => {
  it('the same is done, and the next start finds it', async () => {
    const before = await startServer({ env });
    const [cleo, dan] = [await before.guest('Cleo'), await before.guest('Dan')];
    const running = await startFor(cleo, dan);
    const watch = await cleo.watch(running.id);
    const id = await submit(cleo, running.id, SUM);
    await judgedAgain(watch, id, 1);
    const [eve, fay] = [await before.guest('Eve'), await before.guest('Fay')];
    const lobby = await openFor(eve, fay);
    await before.close();

    expect(await joust(['user:grant', 'Cleo', 'setter'], env)).toMatchObject({ code: 0, stderr: '' });
    expect((await joust(['submission:rejudge', id, '--json'], env)).json).toEqual({ rejudged: [id] });
    const closed = await joust(['room:close', lobby.id, '--json'], env);
    expect(closed.json).toEqual({ roomId: lobby.id, events: ['room.cancelled'] });

    const after = await startServer({ env });
    try {
      const rooms = after.app.get(RoomStore);
      const judgings = async () =>
        (await rooms.eventsAfter(running.id as RoomId, 0)).filter(({ type }) => type === 'submission.judged').length;
      await eventually('it is judged again', async () => (await judgings()) === 2);
      expect((await after.app.get(SubmissionStore).get(id)).verdict).toBe('AC');
      expect((await after.app.get(UserStore).find(cleo.id as `user_${string}`))?.role).toBe('setter');
      expect((await rooms.get(lobby.id as RoomId)).room.cancelledAt).not.toBeNull();
    } finally {
      await after.close();
    }
  });
});
