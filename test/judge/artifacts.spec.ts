import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Artifacts } from '../../src/adapters/embedded/judge/artifacts';

const KIB = 'x'.repeat(1024);
const folder = mkdtempSync(join(tmpdir(), 'joust-artifacts-'));
let count = 0;
const fresh = () => join(folder, String((count += 1)));
afterAll(() => rmSync(folder, { recursive: true }));

const kept = ({ folder: at }: Artifacts) => readdirSync(at).toSorted();

it('lets go of what was not used for longest, by bytes and by number', async () => {
  const byBytes = await Artifacts.open(fresh(), { bytes: 3 * 1024, files: 100 });
  for (const name of ['a', 'b', 'c']) await byBytes.write(name, KIB);
  byBytes.hold('a');
  byBytes.release('a');
  await byBytes.write('d', KIB);
  expect(kept(byBytes)).toEqual(['a', 'c', 'd']);

  const byNumber = await Artifacts.open(fresh(), { bytes: 2 ** 20, files: 2 });
  for (const name of ['a', 'b', 'c']) await byNumber.write(name, KIB);
  expect(kept(byNumber)).toEqual(['b', 'c']);
});

it('remembers over a restart what was used last, and clears up what a crash left half written', async () => {
  const at = fresh();
  const before = await Artifacts.open(at);
  for (const name of ['a', 'b', 'c']) await before.write(name, KIB);
  writeFileSync(join(at, 'part-1'), KIB);
  const after = await Artifacts.open(at, { bytes: 2 * 1024, files: 100 });
  expect(kept(after)).toEqual(['b', 'c']);
});

it('knows what another put into its folder when told', async () => {
  const artifacts = await Artifacts.open(fresh(), { bytes: 2 * 1024, files: 100 });
  artifacts.hold('b');
  for (const name of ['a', 'b']) writeFileSync(join(artifacts.folder, name), KIB + KIB);
  artifacts.add('a');
  artifacts.add('b');
  expect(kept(artifacts)).toEqual(['b']);
});

it('never removes what is in use, whoever writes, holds and releases meanwhile', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const users = fc.array(fc.array(name, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(users, fc.scheduler(), async (worklists, scheduler) => {
      const artifacts = await Artifacts.open(fresh(), { bytes: 2 * 1024, files: 2 });
      const use = async (work: readonly string[]) => {
        for (const one of work) {
          artifacts.hold(one);
          await artifacts.write(one, KIB);
          await scheduler.schedule(Promise.resolve());
          expect(artifacts.has(one)).toBe(true);
          artifacts.release(one);
          if (one === 'a') artifacts.remove(one);
        }
      };
      const all = Promise.all(worklists.map(use));
      await scheduler.waitFor(all);
      await artifacts.write('last', KIB);
      expect(kept(artifacts).length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 30 },
  );
});
