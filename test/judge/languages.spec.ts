import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { LANGUAGES } from '../../src/adapters/embedded/judge/languages';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { judgedInTheEnd, type Judged } from '../support/judge-programs';
import { runApart } from '../support/judge-apart';
import { jobOfKind, KINDS, LANGUAGE_PROGRAMS } from '../support/language-programs';
import type { LanguagesReport } from '../support/languages-apart.child';

/*
 * Every language this machine has, put to the same tests. Where they run unattended it must have them
 * all; .ci/run installs them.
 */

jest.setTimeout(400_000);
const all = LANGUAGES.map(({ id }) => id);

/** Of what is missing, what there is to say; unattended there may be nothing. */
function expectToldOf(missing: typeof LANGUAGES, lacks: readonly string[]): void {
  const told = missing.filter(({ name }) => lacks.some((says) => says.startsWith(name)));
  expect(told).toEqual(missing);
  if (process.env['CI'] !== undefined) expect(lacks).toEqual([]);
  if (missing.length > 0) console.warn(`Not here, and so not tested: ${missing.map(({ name }) => name).join(', ')}`);
}

describe('as whoever runs this', () => {
  let under: JudgeUnderTest;
  const results = new Map<string, Promise<Judged>>();
  beforeAll(async () => {
    under = await startJudge(undefined, all);
    const { languages } = await under.judge.capabilities();
    // all are begun at once, and run as many at a time as there are slots
    for (const program of LANGUAGE_PROGRAMS)
      if (languages.some(({ id }) => id === program.recipe.id))
        results.set(program.name, judgedInTheEnd(under.judge, jobOfKind(program)));
  });
  afterAll(() => under.stop());

  it('has every language, or says how to get it', async () => {
    const { languages, findings } = await under.judge.capabilities();
    const missing = LANGUAGES.filter(({ id }) => !languages.some((one) => one.id === id));
    expectToldOf(
      missing,
      findings.filter(({ ok }) => !ok).map(({ says }) => says),
    );
  });

  it.each(LANGUAGE_PROGRAMS)('$name', async ({ name, kind }) => {
    const result = await results.get(name);
    if (!result) return; // it is missing here, which was told above
    const { verdict, shown } = result;
    expect({ verdict, shown }).toMatchObject({ verdict: KINDS[kind].verdict });
  });

  it('need not try again, when started again, what it has seen to work', async () => {
    const { languages } = await under.judge.capabilities();
    await under.judge.close();
    const again = await EmbeddedJudge.start({ dataDir: under.dataDir, languages: all });
    expect((await again.capabilities()).languages).toEqual(languages);
    await again.close();
  });
});

const NO_NAMESPACES = ['unshare', '-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"', 'sh'];
const ORDINARY = ['unshare', '-U', '--map-user=1000', '--map-group=1000'];

describe.each([
  ['as an ordinary user', /^namespaces and Landlock, as an ordinary user/, []],
  ['where the host grants no namespaces', /^Landlock, as an ordinary user/, [...NO_NAMESPACES, ...ORDINARY]],
])('%s', (_, mode, wrapper) => {
  it('every language works and is held', async () => {
    const kinds = ['sort', 'threads', 'process'];
    const report = await runApart<LanguagesReport>('languages-apart.child.ts', [kinds.join(',')], {
      asUser: true,
      wrapper,
    });
    expect(report.mode).toMatch(mode);
    expectToldOf(
      LANGUAGES.filter(({ id }) => !report.languages.includes(id)),
      report.lacks,
    );
    const wrong = Object.entries(report.verdicts).filter(([, verdict]) => verdict !== 'AC');
    expect(wrong).toEqual([]);
  });
});
