import { EngineStore, SILENT_MS } from '../../src/store/engine.store';
import { onEveryPostgres } from '../support/database';
import { problem, Stores } from '../support/stores';

onEveryPostgres((databases) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = new Stores(await databases.connect());
  });
  beforeEach(() => stores.empty());

  describe('a problem', () => {
    it('is stored once to the letter, and replaced when anything of it has changed', async () => {
      expect(await stores.problems.save(problem('sum'))).toBe(true);
      expect(await stores.problems.save(problem('sum'))).toBe(false);
      const tests = [{ sample: true, input: '0 0', answer: '0', note: 'nothing' }];
      expect(await stores.problems.save(problem('sum', { digest: 'other', tests }))).toBe(true);
      expect(await stores.problems.digests()).toEqual(new Map([['sum', 'other']]));
      expect((await stores.problems.judged('sum'))?.tests).toEqual([{ sample: true, input: '0 0', answer: '0' }]);
    });

    it('that four processes store at once is stored by one of them', async () => {
      const processes = [1, 2, 3, 4].map(() => new Stores(stores.db));
      const saved = await Promise.all(processes.map((one) => one.problems.save(problem('sum'))));
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect((await stores.problems.judged('sum'))?.tests).toHaveLength(2);
    });

    it('of which two processes store different forms at once has one of them, whole', async () => {
      const forms = ['old', 'new'].map((digest) =>
        problem('sum', { digest, tests: [{ sample: true, input: digest, answer: digest, note: null }] }),
      );
      for (let round = 0; round < 10; round += 1) {
        await Promise.all(forms.map((form) => stores.problems.save(form)));
        const stored = await stores.problems.judged('sum');
        expect(stored?.tests).toEqual([{ sample: true, input: stored?.digest, answer: stored?.digest }]);
      }
    });

    it('shows its samples, never its secret tests', async () => {
      await stores.problems.save(problem('sum'));
      const found = await stores.problems.published('sum');
      expect(await stores.problems.published('unknown')).toBeNull();
      expect(found?.samples).toEqual([expect.objectContaining({ index: 0, sample: true, input: '1 2' })]);
    });
  });

  describe('a list of problems', () => {
    it('goes on where the page before ended, and knows only what is published', async () => {
      for (const slug of ['c', 'a', 'b', 'd']) await stores.problems.save(problem(slug));
      await stores.query(`UPDATE problems SET published_at = NULL WHERE slug = 'd'`);
      const slugs = async (after: string) => (await stores.problems.list({}, after, 2)).map(({ slug }) => slug);
      expect([await slugs(''), await slugs('b'), await slugs('c')]).toEqual([['a', 'b'], ['c'], []]);
    });

    it('finds by a part of the title in any case, difficulty and tag, and takes no character for a wildcard', async () => {
      await stores.problems.save(problem('one', { title: 'The 100% Sum', tags: ['math'], difficulty: 'hard' }));
      await stores.problems.save(problem('two', { title: 'Paths', tags: ['graphs', 'math'] }));
      const found = async (filter: object) => (await stores.problems.list(filter, '', 9)).map(({ slug }) => slug);
      expect(await found({ search: '100% sUM' })).toEqual(['one']);
      expect(await found({ search: '%' })).toEqual(['one']);
      expect(await found({ tag: 'math' })).toEqual(['one', 'two']);
      expect(await found({ tag: 'math', difficulty: 'easy' })).toEqual(['two']);
    });
  });

  describe('a choice of problems', () => {
    const pick = (count: number, more: object = {}) => stores.problems.pick({ count, ...more }, []);

    it('by name is what was named, in that order, or nothing', async () => {
      for (const slug of ['a', 'b', 'c']) await stores.problems.save(problem(slug));
      expect(await stores.problems.pick(['c', 'a'], [])).toEqual(['c', 'a']);
      expect(await stores.problems.pick(['c', 'unknown'], [])).toEqual([]);
      await stores.query(`UPDATE problems SET published_at = NULL WHERE slug = 'a'`);
      expect(await stores.problems.pick(['c', 'a'], [])).toEqual([]);
    });

    it('by number passes over checkers of their own where an engine runs none, which by name it does not', async () => {
      const called = { convention: 'kattis', language: 'cpp', source: '', includes: [], args: [] } as const;
      await stores.problems.save(problem('own', { checker: { kind: 'custom', ...called } }));
      await stores.problems.save(problem('plain'));
      const engines = new EngineStore(stores.db, stores.clock);
      const capabilities = { available: true, mode: '', slots: 1, languages: [], findings: [] };
      const note = (id: string, runsCheckers: boolean, isOnly = false) =>
        engines.note(id, { ...capabilities, runsCheckers }, isOnly);

      expect(await pick(2)).toHaveLength(2);
      await note('engine_1', true, true);
      expect(await pick(2)).toHaveLength(2);
      await note('engine_2', false);
      expect(await pick(2)).toEqual([]);
      expect(await pick(1)).toEqual(['plain']);
      expect(await stores.problems.pick(['own'], [])).toEqual(['own']);
      stores.clock.travel(SILENT_MS + 1);
      await note('engine_1', true);
      expect(await pick(2)).toHaveLength(2);
    });

    it('by number keeps to difficulty and tags, and is empty where there are not enough', async () => {
      await stores.problems.save(problem('one', { tags: ['math', 'easy'], difficulty: 'hard' }));
      await stores.problems.save(problem('two', { tags: ['math'], difficulty: 'easy' }));
      await stores.problems.save(problem('three', { tags: ['math'], difficulty: 'medium' }));
      expect(await pick(3)).toEqual(['two', 'three', 'one']);
      expect(await pick(1, { difficulty: 'medium' })).toEqual(['three']);
      expect(await pick(1, { tags: ['math', 'easy'] })).toEqual(['one']);
      expect(await pick(2, { tags: ['math', 'easy'] })).toEqual([]);
      expect(await pick(4)).toEqual([]);
    });

    it('takes what none of the players has met, and what they have met only when there is nothing else', async () => {
      const [ann, ben] = [await stores.person('Ann'), await stores.person('Ben')];
      const eve = await stores.person('Eve');
      await stores.pickedProblems();
      await stores.duel(ann, ben);
      for (const slug of ['new-one', 'new-two']) await stores.problems.save(problem(slug));
      const choose = (count: number) => stores.problems.pick({ count }, [eve.userId, ben.userId]);
      for (let round = 0; round < 10; round += 1) {
        expect((await choose(2)).toSorted()).toEqual(['new-one', 'new-two']);
        expect(await choose(3)).toEqual(expect.arrayContaining(['new-one', 'new-two']));
      }
    });

    it('does not count what was picked for a countdown that never came to a start', async () => {
      const [ann, ben] = [await stores.person('Ann'), await stores.person('Ben')];
      await stores.pickedProblems();
      const roomId = await stores.duel(ann, ben, { countdownSeconds: 5 });
      await stores.ask(roomId, { do: 'cancel', by: ann.userId });
      const seen = new Set<string>();
      for (let round = 0; round < 60; round += 1) {
        await stores.problems.save(problem('never-picked'));
        for (const slug of await stores.problems.pick({ count: 1 }, [ann.userId])) seen.add(slug);
      }
      expect(seen.size).toBeGreaterThan(1);
    });
  });
});
