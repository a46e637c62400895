import { JUDGES, type StartedJudge } from '../support/judges';
import { type Judged, judgedInTheEnd, jobOf, MANIFEST, type Program } from '../support/judge-programs';

/* Right, wrong, slow, big and broken programs, given to every engine, all at once as in a contest: the same verdicts. */

const { limits } = MANIFEST.defaults;
const programs = MANIFEST.programs.filter((program) => program.group !== 'attack');
const groups = [...new Set(programs.map((program) => program.group))];

const CHECKS: Readonly<Record<string, (result: Judged) => void>> = {
  compile_output_capped: ({ compiled }) => expect(Buffer.byteLength(compiled?.output ?? '')).toBeLessThanOrEqual(8192),
  compile_bounded: ({ compiled }) => expect(compiled?.cpuMs).toBeLessThan(limits.compileCpuMs * 1.05),
  wall_under_limit: ({ tests }) => expect(tests[0]?.wallMs).toBeLessThan(limits.wallMs * 1.1),
};

describe.each(JUDGES)('$name', ({ start, precise }) => {
  const results = new Map<Program, Promise<Judged>>();
  let under: StartedJudge;
  beforeAll(async () => {
    under = await start();
    for (const program of programs) results.set(program, judgedInTheEnd(under.judge, jobOf(program)));
  });
  afterAll(() => under.stop());

  describe.each(groups)('%s', (group) => {
    it.each(programs.filter((program) => program.group === group).map((program) => [program.file, program] as const))(
      '%s',
      async (_, program) => {
        const result = await results.get(program)!;
        const { events, verdict, shown, tests } = result;
        expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
        for (const secret of program.mustNotContain ?? []) expect(shown).not.toContain(secret);
        expect(shown).not.toContain('\0');
        for (const check of program.checks ?? []) CHECKS[check]?.(result);
        if (verdict !== program.expect) return;
        if (program.exit !== undefined) expect(tests[0]?.exit).toBe(program.exit);
        if (program.sig !== undefined) expect(tests[0]?.signal).toBe(program.sig);
      },
    );
  });

  if (precise)
    it('ends a program within 3 % of its CPU limit', async () => {
      const loops = programs.filter((program) => program.group === 'tle_cpu' && program.file !== 'tle_fork_burn.cpp');
      for (const program of loops) {
        const { tests } = await results.get(program)!;
        expect(tests[0]?.cpuMs).toBeLessThan(limits.cpuMs * 1.03);
      }
    });
});
