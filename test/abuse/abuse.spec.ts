import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { prepareData } from '../support/data-folder';
import { ROOT } from '../support/source-tree';
import type { Held, Moot, Tried } from './case';
import { CASES } from './cases';
import catalogue from './cases.json';
import { Suite } from './suite';

const folder = temporaryFolder();
let server: ChildServer;
let suite: Suite;
beforeAll(async () => {
  await prepareData(folder.path);
  const env = { RATE_LIMITS: 'off', LOG_LEVEL: 'trace', JWT_SECRET: `a secret of the abuse suite: ${randomUUID()}` };
  server = ChildServer.start({ DATA_DIR: folder.path, ...env });
  suite = await Suite.on([server], { DATA_DIR: folder.path, ...env });
});
afterAll(async () => {
  await suite.close();
  expect(await server.stop()).toBe(0);
  folder.remove();
});

const titles = new Map(catalogue.cases.map(({ id, title }) => [id, title]));

it('has every abuse that is known, once, in its group', () => {
  const mapped = Object.entries(CASES).flatMap(([group, cases]) => {
    const ids = Object.keys(cases);
    expect(ids.filter((id) => !id.startsWith(`${group}-`))).toEqual([]);
    return ids;
  });
  expect(mapped.sort()).toEqual([...titles.keys()].sort());
});

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  const named = <T>(fits: (one: Tried | Held | Moot) => boolean) =>
    Object.entries(cases)
      .filter(([, one]) => fits(one))
      .map(([id, one]) => [id, titles.get(id), one] as [string, string, T]);
  const tried = named<Tried>((one) => typeof one === 'function');
  const moot = named<Moot>((one) => 'applies' in one);
  const held = named<Held>((one) => 'heldBy' in one);

  // A group may have none of a kind.
  if (tried.length > 0) it.each(tried)('%s %s', (_id, _title, attempt) => suite.try(attempt));
  if (moot.length > 0) it.each(moot)('%s %s: cannot be done here', (_id, _title, { seen }) => suite.try(seen));
  if (held.length > 0)
    it.each(held)('%s %s: is held elsewhere', (_id, _title, { heldBy, as }) => {
      expect(readFileSync(join(ROOT, heldBy), 'utf8')).toContain(`'${as}`);
    });
  if (tried.length + moot.length > 0)
    it('leaves others to play, and their secrets secret', () => suite.expectUnharmed());
});
