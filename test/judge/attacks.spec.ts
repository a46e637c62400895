import { CHECKER_JOBS } from '../support/checker-jobs';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { judgeApart } from '../support/judge-apart';
import type { ReportApart } from '../support/judge-apart.child';
import { containerProfile } from '../support/container-profile';
import { type Assault, assault, Bait } from '../support/hostile-programs';
import { MANIFEST, programsOf, type Program } from '../support/judge-programs';

/*
 * Every program there is, in every mode there is. Hostile ones print SAFE where they were refused and
 * PWNED where they were not.
 */

const EVERYTHING = [...new Set(MANIFEST.programs.map(({ group }) => group))];
let bait: Bait;

beforeAll(async () => {
  bait = await Bait.set();
});
afterAll(() => bait.remove());

function expectHeld(program: Program, { results, innocent }: Assault): void {
  for (const { verdict, events, shown } of results) {
    expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
    for (const secret of program.mustNotContain ?? []) expect(shown).not.toContain(secret);
  }
  expect(innocent).toBe('AC');
  expect(bait.connections).toBe(0);
}

const isRoot = process.getuid?.() === 0;
const NO_NAMESPACES = ['unshare', '-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"', 'sh'];
const ORDINARY = ['unshare', '-U', '--map-user=1000', '--map-group=1000'];
const container = containerProfile();
afterAll(() => container.remove());

interface Mode {
  readonly name: string;
  readonly mode: string;
  readonly asUser: boolean;
  readonly groups: readonly string[];
  readonly wrapper?: readonly string[];
}
const ROOT: Mode = { name: 'as root', mode: 'namespaces and Landlock, as root', asUser: false, groups: EVERYTHING };
const MODES: readonly Mode[] = [
  ...(isRoot ? [ROOT] : []),
  {
    ...{ name: 'as an ordinary user', mode: 'namespaces and Landlock, as an ordinary user', asUser: true },
    groups: EVERYTHING,
  },
  {
    ...{ name: 'where the host grants no namespaces', mode: 'Landlock, as an ordinary user', asUser: true },
    groups: EVERYTHING,
    wrapper: [...NO_NAMESPACES, ...ORDINARY],
  },
  {
    ...{ name: 'in a container without a privilege', mode: 'Landlock, as an ordinary user', asUser: true },
    groups: ['attack', 'ac'],
    wrapper: container.wrapper,
  },
];

describe.each(MODES)('$name', ({ mode, groups, ...how }) => {
  let report: ReportApart;
  beforeAll(async () => {
    report = await judgeApart({ groups, placeholders: bait.placeholders, ...how });
  }, 400_000);

  it(`uses ${mode}`, () => {
    expect(report.findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.mode.replace(/, in cgroups$/, '')).toBe(mode);
  });

  it.each(groups.flatMap((group) => programsOf(group)).map((program) => [program.file, program] as const))(
    'holds %s',
    (file, program) => {
      expectHeld(
        program,
        report.assaults.find((one) => one.file === file)!,
      );
    },
  );

  it.each(Object.entries(CHECKER_JOBS))('sees to it that %s', (name, { verdict }) => {
    expect(report.checked[name]).toBe(verdict);
  });

  it('leaves nothing running, and nothing of a test on the disk', () => {
    expect(report.leftOver).toEqual([]);
    expect(report.files).toEqual([]);
  });
});

describe('as whoever runs this', () => {
  let under: JudgeUnderTest;
  beforeAll(async () => {
    under = await startJudge();
  });
  afterAll(() => under.stop());

  it('opens no port to the host', async () => {
    const program = programsOf('attack').find(({ file }) => file === 'atk_net_listen.py')!;
    const ended = new AbortController();
    const run = assault(under.judge, program, bait.placeholders).finally(() => ended.abort());
    while (!ended.signal.aborted) expect(await bait.isPort2Reachable()).toBe(false);
    await run;
  });
});

it('judges nothing where programs could not be told from us, and says why', async () => {
  // root of a namespace that may not change its uid
  const report = await judgeApart({ groups: ['ac'], placeholders: {}, asUser: true, wrapper: NO_NAMESPACES });
  expect(report).toMatchObject({ available: false, mode: 'unavailable', assaults: [] });
  expect(report.findings.at(-1)).toMatchObject({
    ok: false,
    says: expect.stringContaining('No sandbox works here') as string,
  });
});
