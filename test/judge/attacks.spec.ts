import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { judgeAsUser } from '../support/as-user';
import { type Assault, assault, Bait } from '../support/hostile-programs';
import { programsOf, type Program } from '../support/judge-programs';
import { type ReportAsUser } from '../support/judge-as-user.child';

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

describe('as root', () => {
  let under: JudgeUnderTest;
  beforeAll(async () => {
    under = await startJudge();
  }, 60_000);
  afterAll(() => under.stop());

  it('uses namespaces of root', async () => {
    expect((await under.judge.capabilities()).mode).toMatch(/^root namespaces/);
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

describe('as an ordinary user', () => {
  const groups = ['attack', 'ac', 'mle'];
  let report: ReportAsUser;
  beforeAll(async () => {
    report = await judgeAsUser(groups, bait.placeholders);
  }, 90_000);

  it('uses namespaces of its own', () => {
    expect(report).toMatchObject({ available: true, mode: expect.stringMatching(/^user namespaces/) as string });
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

it('judges nothing where no walls can be had, and says why', async () => {
  const noNamespaces = 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"';
  const report = await judgeAsUser(['ac'], {}, ['unshare', '-Ur', 'sh', '-c', noNamespaces, 'sh']);
  expect(report).toMatchObject({ available: false, mode: 'unavailable' });
  expect(report.findings.at(-1)).toMatchObject({ ok: false, says: expect.stringContaining('namespaces') as string });
}, 30_000);
