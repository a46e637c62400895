import { ROUTES } from '../../../src/contract/routes';
import { send } from '../../support/hostile-request';
import type { Cases, Moot, Stage } from '../case';

/** Whoever is no admin learns not even that there is something to be imported to. */
async function refused(stage: Stage): Promise<void> {
  const ann = await stage.guest('Ann');
  for (const path of ['/api/admin/problems/import', '/api/problems/import', '/api/admin/problems', '/api/problems'])
    for (const method of ['POST', 'PUT'])
      expect([403, 404]).toContain((await send(ann, method, path, '{"zip":"UEsDBA=="}')).status);
}

const noUpload = (why: string): Moot => ({
  applies: false,
  why,
  seen: async (stage) => {
    expect(Object.keys(ROUTES).filter((name) => /import|upload/.test(name))).toEqual([]);
    await refused(stage);
  },
});
const FOLDERS = 'Problems are imported by an operator from a folder; no archive is ever opened.';

export const IMPORT: Cases = {
  'IMPORT-01': noUpload(`${FOLDERS} Links in a folder are followed nowhere (test/problems/problem-folder.spec.ts).`),
  'IMPORT-02': noUpload(FOLDERS),
  'IMPORT-04': noUpload('A problem is described in JSON; no YAML is ever read.'),
  'IMPORT-05': noUpload(FOLDERS),
  'IMPORT-06': { heldBy: 'test/problems/problem-folder.spec.ts', as: 'names all defects at once' },
  'IMPORT-07': refused,
};
