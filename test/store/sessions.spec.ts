import { randomUUID } from 'node:crypto';
import type { Role, SessionId, UserId } from '../../src/contract/terms';
import { onEveryPostgres } from '../support/database';
import { Stores } from '../support/stores';

const GRACE_MS = 10_000;
const LONG_MS = 1_000_000;

onEveryPostgres((databases) => {
  let stores: Stores;
  let userId: UserId;
  let id: SessionId;
  let hash: string;

  beforeAll(async () => {
    stores = new Stores(await databases.connect());
  });
  beforeEach(async () => {
    ({ userId } = await stores.person('Ann'));
    id = `sess_${randomUUID()}`;
    hash = randomUUID();
    await stores.sessions.open(id, userId, { hash, expiresAt: stores.clock.now() + LONG_MS }, null);
  });

  const next = () => ({ hash: randomUUID(), expiresAt: stores.clock.now() + LONG_MS });
  const exchange = (token = hash) => stores.sessions.exchange(token, next());
  const tokens = () => stores.value<number>('SELECT count(*) FROM refresh_tokens WHERE session_id = $1', [id]);

  describe('a refresh token', () => {
    it('is exchanged for another of the same session', async () => {
      const successor = next();
      const user = expect.objectContaining({ id: userId }) as unknown;
      expect(await stores.sessions.exchange(hash, successor)).toEqual({ ok: true, session: { sessionId: id, user } });
      expect(await exchange(successor.hash)).toMatchObject({ ok: true });
    });

    it('sent by ten tabs at once serves them all', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => exchange()));
      expect(answers.map(({ ok }) => ok)).toEqual(Array<boolean>(10).fill(true));
      expect(await tokens()).toBe(11);
      expect(await stores.sessions.find(id)).not.toBeNull();
    });

    it('may come again for ten seconds, and not a moment longer: then its session is over', async () => {
      const successor = next();
      await stores.sessions.exchange(hash, successor);
      stores.clock.travel(GRACE_MS);
      expect(await exchange()).toMatchObject({ ok: true });
      stores.clock.travel(1);
      expect(await exchange()).toEqual({ ok: false, reason: 'reused', sessionId: id });
      expect(await stores.sessions.find(id)).toBeNull();
      expect(await exchange(successor.hash)).toMatchObject({ ok: false, reason: 'expired' });
    });

    it('is not revived by those who come while it is found out', async () => {
      await exchange();
      stores.clock.travel(GRACE_MS + 1);
      const answers = await Promise.all(Array.from({ length: 5 }, () => exchange()));
      expect(answers.every(({ ok }) => !ok)).toBe(true);
      expect(await tokens()).toBe(2);
    });

    it('of nobody is unknown, and one that is too old is expired', async () => {
      expect(await exchange(randomUUID())).toEqual({ ok: false, reason: 'unknown' });
      stores.clock.travel(LONG_MS - 1);
      expect(await exchange()).toMatchObject({ ok: true });
      stores.clock.travel(1);
      expect(await exchange()).toEqual({ ok: false, reason: 'expired', sessionId: id });
      expect(await stores.sessions.find(id)).not.toBeNull();
    });
  });

  describe('a session', () => {
    it('is over once, when it is revoked', async () => {
      await stores.sessions.revoke(id);
      stores.clock.travel(5);
      await stores.sessions.revoke(id);
      const at = await stores.value('SELECT revoked_at FROM sessions WHERE id = $1', [id]);
      expect(at).toBe(stores.clock.now() - 5);
      expect(await stores.sessions.find(id)).toBeNull();
      expect(await exchange()).toMatchObject({ ok: false, reason: 'expired' });
    });

    it('is named among those that have changed when it is revoked, its user is banned or has another role', async () => {
      const [live, revoked]: SessionId[] = [`sess_${randomUUID()}`, `sess_${randomUUID()}`];
      for (const one of [live!, revoked!]) await stores.sessions.open(one, userId, next(), null);
      await stores.sessions.revoke(revoked!);
      const asked = [live!, revoked!, `sess_${randomUUID()}` as const];
      const changed = async (role: Role) =>
        Object.fromEntries(
          (await stores.sessions.changed(asked.map((one) => ({ id: one, role })))).map(({ id: one, ...now }) => [
            one,
            now,
          ]),
        );
      const is = { role: 'player', banned: false, revoked: false };
      expect(await changed('player')).toEqual({ [revoked!]: { ...is, revoked: true } });
      expect(await changed('judge')).toEqual({ [live!]: is, [revoked!]: { ...is, revoked: true } });
      expect(await stores.sessions.changed([])).toEqual([]);
      await stores.query('UPDATE users SET banned_at = 1 WHERE id = $1', [userId]);
      const banned = { ...is, banned: true };
      expect(await changed('player')).toEqual({ [live!]: banned, [revoked!]: { ...banned, revoked: true } });
    });
  });

  describe('the sweep', () => {
    const DAY_MS = 24 * 3_600_000;
    const sweep = () => stores.sessions.sweep(DAY_MS, 1_000);
    const kept = (table: string) => stores.value<number>(`SELECT count(*) FROM ${table}`);
    beforeEach(() => stores.query('DELETE FROM sessions WHERE id <> $1', [id]));

    it('leaves alone what lets somebody in, or betrays a theft', async () => {
      await exchange();
      expect(await sweep()).toBe(0);
      expect(await tokens()).toBe(2);
    });

    it('deletes tokens when they have expired, to the millisecond, and then their session', async () => {
      stores.clock.travel(LONG_MS - 1);
      expect(await sweep()).toBe(0);
      stores.clock.travel(1);
      expect(await sweep()).toBe(1);
      expect([await kept('refresh_tokens'), await kept('sessions')]).toEqual([0, 1]);
      stores.clock.travel(DAY_MS);
      expect(await sweep()).toBe(1);
      expect(await kept('sessions')).toBe(0);
    });

    it('deletes a session a day after it was revoked, with its tokens, and no more at once than it is told', async () => {
      const others = Array.from({ length: 3 }, (): SessionId => `sess_${randomUUID()}`);
      const long = () => ({ ...next(), expiresAt: stores.clock.now() + 9 * DAY_MS });
      for (const one of others) await stores.sessions.open(one, userId, long(), null);
      expect((await stores.sessions.revokeAll(userId)).toSorted()).toEqual([id, ...others].toSorted());
      expect(await stores.sessions.revokeAll(userId)).toEqual([]);
      stores.clock.travel(DAY_MS - 1);
      expect(await stores.sessions.sweep(DAY_MS, 1)).toBe(1);
      expect(await kept('sessions')).toBe(4);
      stores.clock.travel(1);
      expect(await stores.sessions.sweep(DAY_MS, 3)).toBe(3);
      expect(await sweep()).toBe(1);
      expect([await kept('refresh_tokens'), await kept('sessions')]).toEqual([0, 0]);
    });
  });
});
