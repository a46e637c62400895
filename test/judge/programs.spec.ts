import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { type Judged, judged, jobOf, MANIFEST, type Program } from '../support/judge-programs';

/* Right, wrong, slow, big and broken programs, all given to the judge at once, as in a contest. */

let under: JudgeUnderTest;
const results = new Map<Program, Promise<Judged>>();
const programs = MANIFEST.programs.filter((program) => program.group !== 'attack');

beforeAll(async () => {
  under = await startJudge();
  for (const program of programs) results.set(program, judged(under.judge, jobOf(program)));
}, 60_000);
afterAll(() => under.stop());

const COMPILE_OUTPUT_BYTES = 8192;

const CHECKS: Readonly<Record<string, (result: Judged) => void>> = {
  compile_output_capped: ({ compiled }) =>
    expect(Buffer.byteLength(compiled?.output ?? '')).toBeLessThanOrEqual(COMPILE_OUTPUT_BYTES),
  compile_bounded: ({ compiled }) =>
    expect(compiled?.cpuMs).toBeLessThan(MANIFEST.defaults.limits.compileCpuMs + 1000),
  wall_under_limit: ({ tests }) =>
    expect(tests[0]?.wallMs).toBeLessThan(MANIFEST.defaults.limits.wallMs + 500),
};

describe.each([...new Set(programs.map((program) => program.group))])('%s', (group) => {
  it.each(programs.filter((program) => program.group === group).map((program) => [program.file, program] as const))(
    '%s',
    async (_, program) => {
      const result = await results.get(program)!;
      expect({ events: result.events, verdict: result.verdict, isOneOf: program.accept }).toMatchObject({
        verdict: expect.toBeOneOf(program.accept),
      });
    },
    80_000,
  );
});
