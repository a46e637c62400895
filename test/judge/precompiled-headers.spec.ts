import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { FEW_LANGUAGES, type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, simpleJob } from '../support/judge-programs';
import { processesNaming } from '../support/processes';

const ALL = '#include <bits/stdc++.h>';
/** Says whether its header was one we have marked. */
const source = (before: string) => `${before}${ALL}
#ifdef MARKED
#define SAYS "precompiled"
#else
#define SAYS "as it stands"
#endif
int main() { std::cout << SAYS; }
`;

let under: JudgeUnderTest;
const headers = () => join(under.dataDir, 'headers');
const output = async (before: string) => (await judged(under.judge, simpleJob('cpp', source(before)))).tests[0]?.stdout;

/** Puts a header of the same flags that can be told from the host's in place of what was precompiled. */
function mark(name: string): void {
  const header = join(headers(), name, 'bits/stdc++.h');
  writeFileSync(header, `${ALL}\n#define MARKED\n`);
  execFileSync('/usr/bin/g++', ['-std=c++17', '-O2', '-pthread', '-x', 'c++-header', '-o', `${header}.gch`, header]);
  rmSync(header);
}

describe('bits/stdc++.h', () => {
  beforeAll(async () => {
    under = await startJudge(2);
  });
  afterAll(() => under.stop());

  it('is precompiled in the background once a source begins with it, and then used', async () => {
    expect(await output('')).toBe('as it stands');
    await under.judge.settled();
    const [name, ...others] = readdirSync(headers());
    expect(others).toEqual([]);
    mark(name!);
    expect(await output('// again\n')).toBe('precompiled');
    expect(await output('/* by\n me */\n\n ')).toBe('precompiled');
  });

  it.each(['#define ONLY 1\n', '#pragma GCC optimize("O3")\n', 'int x;\n'])(
    'is read anew where %j comes before it',
    async (before) => {
      expect(await output(before)).toBe('as it stands');
    },
  );

  it('shows nobody where it is kept', async () => {
    const { compiled } = await judged(under.judge, simpleJob('cpp', `${ALL}\nint main() { return nothing; }`));
    expect(compiled).toMatchObject({ ok: false, output: expect.stringContaining('main.cpp:2') as string });
    expect(compiled!.output).not.toContain(tmpdir());
    const walk = 'import os\nfor folder, _, files in os.walk("/headers"): print(folder, *files)';
    const { shown } = await judged(under.judge, simpleJob('python', walk));
    expect(shown).toMatch(/^\n\/headers/);
    expect(shown).not.toContain(under.dataDir);
  });

  it('is kept over a restart; what nobody uses any more is not', async () => {
    await under.judge.close();
    const before = readdirSync(headers());
    mkdirSync(join(headers(), 'of-an-older-compiler'));
    const restarted = await EmbeddedJudge.start({ dataDir: under.dataDir, slots: 2, languages: FEW_LANGUAGES });
    expect(readdirSync(headers())).toEqual(before);
    const { tests } = await judged(restarted, simpleJob('cpp', source('// after a restart\n')));
    expect(tests[0]?.stdout).toBe('precompiled');
    await restarted.close();
  });
});

it('is given up when the judge closes, and nothing stays behind', async () => {
  const other = await startJudge(2);
  await judged(other.judge, simpleJob('cpp', `${ALL}\nint main() {}`));
  await eventually('it is being precompiled', () => processesNaming('c++-header').length > 0);
  await other.judge.close();
  await eventually('no compiler is left', () => processesNaming(join(other.dataDir, 'headers')).length === 0);
  expect(readdirSync(join(other.dataDir, 'headers'))).toEqual([]);
  await other.stop();
});
