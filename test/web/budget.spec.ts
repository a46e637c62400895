import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/source-tree';

describe('what a browser has to load', () => {
  it('stays within its budget', () => {
    const lines = execFileSync(process.execPath, [join(ROOT, 'web/budget.mjs')], { encoding: 'utf8' });
    expect(lines).toMatch(/everything before typing +\d+\.\d KB +of 175/);
    expect(lines).not.toContain('OVER');
  });
});
