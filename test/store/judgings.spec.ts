import { randomUUID } from 'node:crypto';
import type { JobId, RoomId, TrialId, Verdict } from '../../src/contract/terms';
import type { Person } from '../../src/core/moves';
import type { Job } from '../../src/store/claims';
import { LEASE_MS } from '../../src/store/job.store';
import { onEveryPostgres } from '../support/database';
import { OPENED } from '../support/room-builder';
import { judged, Stores, waitsForLock } from '../support/stores';

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
  const verdicts = async () =>
    (await stores.rooms.eventsAfter(roomId, 0)).flatMap((one) =>
      one.type === 'submission.judged' ? [one.data.verdict] : [],
    );
  const judgings = (id: JobId) =>
    stores.query(
      'SELECT attempt, cause, verdict, reason, finished_at IS NOT NULL AS finished FROM judgings WHERE submission_id = $1 ORDER BY attempt',
      [id],
    );

  describe('a result', () => {
    it('of an attempt that was overtaken is refused, and changes nothing', async () => {
      const id = await submit();
      const first = await claim(id);
      stores.clock.travel(LEASE_MS);
      const second = await claim(id);
      expect(await stores.record(first, judged('WA'))).toBe(false);
      expect(await verdicts()).toEqual([]);
      expect(await stores.record(second, judged('AC'))).toBe(true);
      expect(await verdicts()).toEqual(['AC']);
      expect(await judgings(id)).toEqual([
        { attempt: 1, cause: 'first', verdict: null, reason: null, finished: false },
        { attempt: 2, cause: 'retry', verdict: 'AC', reason: null, finished: true },
      ]);
    });

    it('delivered ten times at once is written once', async () => {
      const job = await claim(await submit());
      const written = await Promise.all(Array.from({ length: 10 }, () => stores.record(job, judged('AC'))));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect(await verdicts()).toEqual(['AC']);
    });

    it('cannot be overtaken while it is being written', async () => {
      const id = await submit();
      const job = await claim(id);
      stores.clock.travel(LEASE_MS);
      let claiming = Promise.resolve<Job | null>(job);
      await stores.ask(roomId, { do: 'judge', submissionId: id, verdict: 'AC' }, async (tx) => {
        expect(await stores.jobs.finish(tx, job, judged('AC'))).toBe(true);
        claiming = stores.jobs.claim(id);
        await waitsForLock(stores);
      });
      expect(await claiming).toBeNull();
      expect(await verdicts()).toEqual(['AC']);
    });

    it('is done: nobody claims it, puts it off or owes it any more', async () => {
      const id = await submit();
      const job = await claim(id);
      await stores.record(job, judged('AC'));
      await stores.jobs.defer(job, 0, false, 'late');
      await stores.jobs.renew([job]);
      stores.clock.travel(2 * LEASE_MS);
      expect(await stores.jobs.claim(id)).toBeNull();
      expect(await stores.jobs.backlog()).toBe(0);
      expect(await judgings(id)).toMatchObject([{ verdict: 'AC', reason: null }]);
    });

    it('keeps what was printed on samples only', async () => {
      const id = await submit();
      const run = { verdict: 'AC', cpuMs: 1.4, wallMs: 2.6, memoryKiB: 3, exit: 0, signal: null } as const;
      const tests = [
        { ...run, index: 0, sample: true, stdout: 'seen' },
        { ...run, index: 1, sample: false, stdout: 'secret' },
      ];
      await stores.record(await claim(id), judged('AC', { tests, compileOutput: 'a warning' }));
      const shown = { verdict: 'AC', cpuMs: 1, memoryKiB: 3 };
      expect(await stores.submissions.get(id)).toMatchObject({ verdict: 'AC', compileOutput: 'a warning' });
      expect((await stores.submissions.get(id)).tests).toEqual([
        { ...shown, index: 0, sample: true, output: 'seen' },
        { ...shown, index: 1, sample: false },
      ]);
    });
  });

  describe('a rejudge', () => {
    const firstVerdict = async (verdict: Verdict) => {
      const id = await submit();
      await stores.record(await claim(id), judged(verdict, { compileOutput: 'first' }));
      return id;
    };

    it('keeps the verdict until there is a new one', async () => {
      const id = await firstVerdict('WA');
      expect(await stores.jobs.rejudge(id)).toBe(true);
      expect(await stores.submissions.get(id)).toMatchObject({ verdict: 'WA', compileOutput: 'first' });
      const job = await claim(id);
      expect(job).toMatchObject({ verdict: 'WA', failures: 1 });
      expect(await stores.submissions.get(id)).toMatchObject({ verdict: 'WA', compileOutput: 'first' });
      await stores.record(job, judged('AC', { compileOutput: 'second' }));
      expect(await stores.submissions.get(id)).toMatchObject({ verdict: 'AC', compileOutput: 'second' });
      expect(await verdicts()).toEqual(['WA', 'AC']);
      expect(await judgings(id)).toMatchObject([{ cause: 'first' }, { cause: 'rejudge' }]);
    });

    it('that comes to nothing leaves the verdict there was', async () => {
      const id = await firstVerdict('WA');
      await stores.jobs.rejudge(id);
      await stores.jobs.keep(await claim(id), judged('JE', { reason: 'no engine' }));
      expect(await stores.submissions.get(id)).toMatchObject({ verdict: 'WA', compileOutput: 'first' });
      expect(await stores.jobs.backlog()).toBe(0);
      expect(await judgings(id)).toMatchObject([{ verdict: 'WA' }, { verdict: null, reason: 'no engine' }]);
    });

    it('overtakes the attempt that is under way', async () => {
      const id = await submit();
      const early = await claim(id);
      await stores.jobs.rejudge(id);
      expect(await stores.record(early, judged('WA'))).toBe(false);
      await stores.jobs.renew([early]);
      const late = await claim(id);
      expect(late.attempt).toBeGreaterThan(early.attempt);
      expect(await stores.record(late, judged('AC'))).toBe(true);
    });

    it('of what does not exist is none', async () => {
      expect(await stores.jobs.rejudge(`sub_${randomUUID()}`)).toBe(false);
    });
  });

  describe('the result of a trial', () => {
    it('is written once, by the attempt that holds', async () => {
      const id: TrialId = await attemptTrial();
      const first = await claim(id);
      stores.clock.travel(LEASE_MS);
      const second = await claim(id);
      expect(await stores.jobs.finishTrial(first, judged('WA'), [])).toBe(false);
      const twice = await Promise.all([1, 2].map(() => stores.jobs.finishTrial(second, judged('AC'), [{ index: 0 }])));
      expect(twice.toSorted()).toEqual([false, true]);
      expect(await stores.submissions.trial(id, ann.userId)).toMatchObject({ verdict: 'AC', tests: [{ index: 0 }] });
      expect(await stores.submissions.trialsOwed(ann.userId)).toBe(0);
      expect(await stores.jobs.claim(id)).toBeNull();
    });
  });
});
