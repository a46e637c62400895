import { SchedulerRegistry } from '@nestjs/schedule';
import type { Role, UserId } from '../../src/contract/terms';
import { Grants } from '../../src/auth/grants.service';
import { Bans } from '../../src/rooms/bans.service';
import { CLI } from '../../src/store/audit.store';
import { eventually, FIVE_SECONDS } from '../support/eventually';
import { ask, request, type Player } from '../support/player';
import { expectRefused, openFor, roomOf, startFor } from '../support/rooms';
import { startTwoServers, type TwoServers } from '../support/two-servers';

let servers: TwoServers;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  servers = await startTwoServers();
});
afterAll(() => servers.close());
beforeEach(async () => {
  [ann, ben] = await servers.players();
});

const bansAt = (where: 'here' | 'there') => servers[where].app.get(Bans);
const ban = (player: Player, where: 'here' | 'there' = 'here') => bansAt(where).ban(player.id as UserId, CLI);
const refresh = ({ url, cookie }: Player) => request(url, 'POST', '/api/auth/refresh', undefined, { cookie });

describe('a role that is taken away', () => {
  it('is gone within seconds, from requests and from sockets that were let in by it', async () => {
    const judge = await servers.there.guest('Jo');
    const grant = (role: Role) => servers.here.app.get(Grants).grant(judge.id as UserId, role, CLI);
    const sees = async () => (await judge.get(`/rooms/${room.id}`)).status === 200;
    const room = await openFor(ann, ben);
    expect(await grant('judge')).toBe(true);
    await eventually('he may see the room', sees, { patienceMs: FIVE_SECONDS });
    const watch = await judge.watch(room.id);
    await grant('player');
    await new Promise((resolve) => watch.socket.once('disconnect', resolve));
    await eventually('he may not', async () => !(await sees()), { patienceMs: FIVE_SECONDS });
    await eventually('he is connected again', () => watch.socket.connected);
    expect(await ask(watch.socket, 'room:watch', { roomId: room.id })).toMatchObject({
      error: { code: 'room.not-found' },
    });
  });
});

describe('a ban', () => {
  it.each(['here', 'there'] as const)(
    'by a process %s shuts out at once: requests, refreshing and sockets',
    async (where) => {
      const room = await openFor(ann, ben);
      const [annSees, benSees] = [await ann.watch(room.id), await ben.watch(room.id)];
      expect((await ann.get('/me')).status).toBe(200);
      expect(await ban(ann, where)).toBe(true);
      expect(await annSees.notice('session:ended', 4_000)).toEqual({ code: 'auth.banned' });
      await eventually('the socket closes', () => annSees.socket.disconnected);
      await eventually('requests are refused', async () => (await ann.get('/me')).status === 403, {
        patienceMs: 5_000,
      });
      await expectRefused(ann.get('/me'), 'auth.banned');
      await expectRefused(refresh(ann), 'auth.banned');
      await benSees.until('room.cancelled');
      expect((await ben.get('/me')).status).toBe(200);
    },
  );

  it('forfeits a running contest, with notice to the opponent, and frees him for the next', async () => {
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    await sees.until('contest.started');
    await ban(ben, 'there');
    const notice = await sees.until('announcement.posted', 5_000);
    expect(notice.data.text).toMatch(/^Ben.* has been banned, and forfeits the contest\.$/);
    expect((await sees.until('contest.ended')).data).toMatchObject({ reason: 'forfeit', by: ann.id });
    expect((await sees.until('contest.finalized')).data).toMatchObject({ winnerId: ann.id, reason: 'forfeit' });
    const cat = await servers.here.guest('Cat');
    await openFor(ann, cat);
  });

  it('holds when it is written by somebody who tells nobody, within seconds', async () => {
    const room = await startFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id)];
    const began = performance.now();
    await servers.here.world.db.query('UPDATE users SET banned_at = 1 WHERE id = $1', [ben.id]);
    expect(await benSees.notice('session:ended', FIVE_SECONDS)).toEqual({ code: 'auth.banned' });
    await eventually('requests are refused', async () => (await ben.get('/me')).status === 403, {
      patienceMs: FIVE_SECONDS,
    });
    await annSees.until('contest.ended', FIVE_SECONDS);
    expect(performance.now() - began).toBeLessThan(FIVE_SECONDS);
  });

  it('is noted once, as is its end, after which he goes on where he was signed in', async () => {
    expect([await ban(ann), await ban(ann)]).toEqual([true, false]);
    const bans = bansAt('here');
    expect([await bans.unban(ann.id as UserId, CLI), await bans.unban(ann.id as UserId, CLI)]).toEqual([true, false]);
    const noted = await servers.here.world.db.query(
      'SELECT actor, action, subject FROM audit WHERE subject = $1 ORDER BY id',
      [ann.id],
    );
    expect(noted).toEqual([
      { actor: 'cli', action: 'user.ban', subject: ann.id },
      { actor: 'cli', action: 'user.unban', subject: ann.id },
    ]);
    expect((await refresh(ann)).status).toBe(200);
  });

  it('takes a seat that was given where it was not known yet', async () => {
    const room = await openFor(ann, ben);
    for (const { app } of [servers.here, servers.there]) {
      const scheduler = app.get(SchedulerRegistry);
      for (const name of scheduler.getIntervals()) scheduler.deleteInterval(name);
    }
    await servers.here.world.db.query('UPDATE users SET banned_at = 1 WHERE id = $1', [ben.id]);
    expect((await roomOf(ann, room.id)).players).toHaveLength(2);
    await bansAt('here').enforce();
    await bansAt('there').enforce();
    expect((await roomOf(ann, room.id)).players).toHaveLength(1);
  });
});
