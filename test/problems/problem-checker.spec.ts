import { readProblemFolder } from '../../src/problems/problem-folder';
import { BOUNDS } from '../../src/problems/problem-format';
import { defectsOf, SmallProblem } from '../support/small-problem';

const small = new SmallProblem();

describe('a checker of its own', () => {
  const own = { kind: 'custom', convention: 'testlib', file: 'check.cpp' };
  beforeEach(async () => {
    await small.putJson({ checker: { ...own, args: ['--strict'] } });
    await small.put('checker/check.cpp', '#include "testlib.h"\n');
    await small.put('checker/testlib.h', '// not the real one\n');
  });

  it('is read with what it includes', async () => {
    expect((await readProblemFolder(small.folder)).checker).toEqual({
      ...{ kind: 'custom', convention: 'testlib', language: 'cpp', source: '#include "testlib.h"\n' },
      ...{ includes: [{ name: 'testlib.h', content: '// not the real one\n' }], args: ['--strict'] },
    });
  });

  it.each<[string, () => Promise<void>, RegExp]>([
    ['is not there', () => small.remove('checker/check.cpp'), /^checker has no file check\.cpp$/],
    ['has no folder', () => small.remove('checker'), /^checker is missing$/],
    [
      'lies elsewhere',
      () => small.putJson({ checker: { ...own, file: '../problem.json' } }),
      /^checker has no file \.\.\//,
    ],
    [
      'is in no language',
      () => small.putJson({ checker: { ...own, file: 'testlib.h' } }),
      /^checker\/testlib\.h is in no/,
    ],
    [
      'is of no convention',
      () => small.putJson({ checker: { ...own, convention: 'ejudge' } }),
      /^problem\.json: checker\.conv/,
    ],
    [
      'has a NUL among its words',
      () => small.putJson({ checker: { ...own, args: ['a\0b'] } }),
      /^problem\.json: checker\.args/,
    ],
    [
      'is too long',
      () => small.put('checker/check.cpp', '/'.repeat(BOUNDS.checker + 1)),
      /^checker\/check\.cpp has 524289/,
    ],
    [
      'includes what is named as itself',
      () => small.put('checker/main.cpp', ''),
      /^checker\/main\.cpp is nothing that/,
    ],
    ['includes a folder', () => small.put('checker/more/x.h', ''), /^checker\/more is no file$/],
  ])('that %s is a defect', async (_, spoil, defect) => {
    await spoil();
    expect(await defectsOf(small.folder)).toContainEqual(expect.stringMatching(defect));
  });

  it('includes nothing where its language does not', async () => {
    await small.putJson({ checker: { ...own, file: 'check.py' } });
    await small.put('checker/check.py', '');
    expect(await defectsOf(small.folder)).toEqual([
      'checker/check.cpp is nothing that check.py could include',
      'checker/testlib.h is nothing that check.py could include',
    ]);
  });
});
