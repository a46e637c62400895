import type { JobId, RoomId } from '../../src/contract/terms';
import type { Person } from '../../src/core/moves';
import type { Job } from '../../src/store/claims';
import { LEASE_MS } from '../../src/store/job.store';
import { onEveryPostgres } from '../support/database';
import { OPENED } from '../support/room-builder';
import { Stores } from '../support/stores';

onEveryPostgres((databases) => {
  let stores: Stores;
  let ann: Person;
  let roomId: RoomId;

  beforeAll(async () => {
    stores = new Stores(await databases.connect());
  });
  beforeEach(async () => {
    await stores.empty();
    await stores.pickedProblems();
    stores.clock.stopAt(OPENED);
    ann = await stores.person('Ann');
    roomId = await stores.duel(ann, await stores.person('Ben'));
  });

  const submit = () => stores.submit(roomId, ann.userId);
  const attemptTrial = () => stores.try(roomId, ann.userId);
  const claim = async (id: JobId): Promise<Job> => (await stores.jobs.claim(id))!;
  describe.each([
    ['a submission', () => submit()],
    ['a trial', () => attemptTrial()],
  ] as [string, () => Promise<JobId>][])('%s', (_, owe) => {
    it('is claimed by one of ten who try at once', async () => {
      const id = await owe();
      const claims = await Promise.all(Array.from({ length: 10 }, () => stores.jobs.claim(id)));
      expect(claims.filter((job) => job !== null)).toEqual([
        expect.objectContaining({ id, attempt: 1, failures: 1, roomId, userId: ann.userId, slug: 'a-plus-b' }),
      ]);
    });

    it('can be claimed again when its lease is over, by the next attempt, and by one again', async () => {
      const id = await owe();
      await claim(id);
      stores.clock.travel(LEASE_MS - 1);
      expect(await stores.jobs.claim(id)).toBeNull();
      stores.clock.travel(1);
      const claims = await Promise.all(Array.from({ length: 10 }, () => stores.jobs.claim(id)));
      expect(claims.flatMap((job) => (job ? [[job.attempt, job.failures]] : []))).toEqual([[2, 2]]);
    });

    it('stays with whoever renews, and cannot be renewed by whoever was overtaken', async () => {
      const id = await owe();
      const first = await claim(id);
      stores.clock.travel(LEASE_MS - 1);
      expect(await stores.jobs.renew([first])).toEqual([]);
      stores.clock.travel(LEASE_MS - 1);
      expect(await stores.jobs.claim(id)).toBeNull();
      stores.clock.travel(1);
      const second = await claim(id);
      expect(second.attempt).toBe(2);
      stores.clock.travel(LEASE_MS - 1);
      expect(await stores.jobs.renew([first])).toEqual([first]);
      stores.clock.travel(1);
      expect(await stores.jobs.claim(id)).toMatchObject({ attempt: 3 });
    });

    it('is put off for as long as was said, and an outage is not counted', async () => {
      const id = await owe();
      await stores.jobs.defer(await claim(id), 1_000, false, 'outage');
      expect(await stores.jobs.claim(id)).toBeNull();
      stores.clock.travel(1_000);
      const second = await claim(id);
      expect(second).toMatchObject({ attempt: 2, failures: 1 });
      await stores.jobs.defer(second, 0, true, 'it crashed');
      expect(await claim(id)).toMatchObject({ attempt: 3, failures: 2 });
    });

    it('is not put off by an attempt that was overtaken', async () => {
      const id = await owe();
      const first = await claim(id);
      stores.clock.travel(LEASE_MS);
      const second = await claim(id);
      await stores.jobs.defer(first, 0, false, 'late');
      expect(await stores.jobs.claim(id)).toBeNull();
      stores.clock.travel(LEASE_MS);
      expect(await claim(id)).toMatchObject({ attempt: second.attempt + 1, failures: 3 });
    });
  });

  describe('what is owed', () => {
    it('is named in the order it became due, submissions and trials together, up to a limit', async () => {
      const ids: JobId[] = [];
      for (const owe of [submit, attemptTrial, submit, attemptTrial]) {
        ids.push(await owe());
        stores.clock.travel(10);
      }
      const now = stores.clock.now();
      expect(await stores.jobs.owed(now)).toEqual(ids);
      expect(await stores.jobs.owed(now, 3)).toEqual(ids.slice(0, 3));
      expect(await stores.jobs.owed(OPENED)).toEqual(ids.slice(0, 1));
      await claim(ids[0]!);
      expect(await stores.jobs.owed(now)).toEqual(ids.slice(1));
      expect(await stores.jobs.backlog()).toBe(4);
    });
  });
});
