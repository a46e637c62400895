import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { judgeAsUser } from '../support/as-user';
import { containerProfile } from '../support/container-profile';
import { type Assault, assault, Bait } from '../support/hostile-programs';
import { programsOf, type Program } from '../support/judge-programs';
import type { ReportAsUser } from '../support/judge-as-user.child';

/* Hostile programs print SAFE where they were refused and PWNED where they were not. */

const attacks = programsOf('attack');
const named = attacks.map((program) => [program.file, program] as const);
let bait: Bait;

beforeAll(async () => {
  bait = await Bait.set();
});
afterAll(() => bait.remove());

function expectHeld(program: Program, { results, innocent, leftOver }: Assault): void {
  for (const { verdict, events, shown } of results) {
    expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
    for (const secret of program.mustNotContain ?? []) expect(shown).not.toContain(secret);
  }
  expect(innocent).toBe('AC');
  expect(leftOver).toEqual([]);
  expect(bait.connections).toBe(0);
}

describe('as whoever runs this', () => {
  let under: JudgeUnderTest;
  beforeAll(async () => {
    under = await startJudge();
  }, 60_000);
  afterAll(() => under.stop());

  it('uses all walls there are', async () => {
    const who = process.getuid?.() === 0 ? 'root' : 'an ordinary user';
    expect((await under.judge.capabilities()).mode).toBe(`namespaces and Landlock, as ${who}`);
  });

  it.each(named)('holds %s', async (_, program) => {
    expectHeld(program, await assault(under.judge, program, bait.placeholders));
  });

  it('opens no port to the host', async () => {
    const program = attacks.find(({ file }) => file === 'atk_net_listen.py')!;
    const ended = new AbortController();
    const run = assault(under.judge, program, bait.placeholders).finally(() => ended.abort());
    while (!ended.signal.aborted) expect(await bait.isPort2Reachable()).toBe(false);
    await run;
  });
});

const NO_NAMESPACES = ['unshare', '-Ur', 'sh', '-c', 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"', 'sh'];
const ORDINARY = ['unshare', '-U', '--map-user=1000', '--map-group=1000'];
const container = containerProfile();
afterAll(() => container.remove());

describe.each([
  ['as an ordinary user', 'namespaces and Landlock, as an ordinary user', []],
  ['where the host grants no namespaces', 'Landlock, as an ordinary user', [...NO_NAMESPACES, ...ORDINARY]],
  ['in a container without a privilege', 'Landlock, as an ordinary user', container.wrapper],
])('%s', (_, mode, wrapper) => {
  const groups = ['attack', 'ac', 'mle'];
  let report: ReportAsUser;
  beforeAll(async () => {
    report = await judgeAsUser(groups, bait.placeholders, wrapper);
  }, 90_000);

  it(`uses ${mode}`, () => {
    expect(report).toMatchObject({ available: true, mode });
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
});

it('judges nothing where programs could not be told from us, and says why', async () => {
  // root of a namespace that may not change its uid
  const report = await judgeAsUser(['ac'], {}, NO_NAMESPACES);
  expect(report).toMatchObject({ available: false, mode: 'unavailable', assaults: [] });
  expect(report.findings.at(-1)).toMatchObject({
    ok: false,
    says: expect.stringContaining('No sandbox works here') as string,
  });
}, 30_000);
