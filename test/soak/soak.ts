import { startJudge } from '../support/embedded-judge';
import { Bait } from '../support/hostile-programs';
import { judged, jobOf, MANIFEST, type Program, simpleJob } from '../support/judge-programs';
import { Random } from '../fuzz/random';
import { leftSince, traces } from './traces';

/* Programs of every kind in random order on all slots, for a long while; then a look at what is left of them. */

export interface SoakReport {
  readonly judged: number;
  /** How often which verdict was given. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly aborted: number;
  /** Kept from the processors by others, which is nobody's verdict: it would be judged again. */
  readonly starved: number;
  /** Verdicts that may not be, and words that may not be shown. */
  readonly wrong: readonly string[];
  /** Processes, files, mounts, groups. */
  readonly left: readonly string[];
  /** What a small program takes, at the median: CPU and wall time in ms. */
  readonly canary: { readonly before: Canary; readonly after: Canary };
}
interface Canary {
  readonly cpuMs: number;
  readonly wallMs: number;
}

const CANARY =
  '#include <stdio.h>\nint main(void) { unsigned x = 1; for (int i = 0; i < 20000000; i++) x = x * 1664525 + 1013904223; printf("%u\\n", x); }';
const CANARY_RUNS = 21;
const ABORTED = 0.1;
const TOO_BUSY = /^This host is too busy/;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export async function soak(options: {
  readonly seed: number;
  readonly seconds: number;
  readonly groups?: readonly string[];
  /** Whether to set out what they look for, of which there can be one on a host. */
  readonly withBait: boolean;
}): Promise<SoakReport> {
  const before = traces();
  const bait = options.withBait ? await Bait.set() : undefined;
  const placeholders = bait?.placeholders ?? { JUDGE_PID: String(process.pid), PORT: '1', PORT2: '2' };
  const { judge, dataDir, stop } = await startJudge();
  const programs = MANIFEST.programs.filter(({ group }) => options.groups?.includes(group) ?? true);
  const total = { judged: 0, verdicts: {} as Record<string, number>, aborted: 0, starved: 0, wrong: [] as string[] };
  const end = performance.now() + options.seconds * 1000;

  const canary = async (): Promise<Canary> => {
    const tests = Array.from({ length: CANARY_RUNS }, () => ({ input: '' }));
    const { tests: ran } = await judged(judge, simpleJob('c', CANARY, { tests }));
    return { cpuMs: median(ran.map(({ cpuMs }) => cpuMs)), wallMs: median(ran.map(({ wallMs }) => wallMs)) };
  };
  const judgeOne = async (program: Program, abortAfterMs: number | null): Promise<void> => {
    const signal = abortAfterMs === null ? undefined : AbortSignal.timeout(abortAfterMs);
    const { verdict, shown, events } = await judged(judge, jobOf(program, placeholders), signal);
    total.judged += 1;
    if (signal?.aborted && verdict === 'error') {
      total.aborted += 1;
      return;
    }
    const end = events.at(-1);
    if (end?.type === 'error' && TOO_BUSY.test(end.reason)) {
      total.starved += 1;
      return;
    }
    total.verdicts[verdict] = (total.verdicts[verdict] ?? 0) + 1;
    if (!program.accept.includes(verdict as never))
      total.wrong.push(`${program.file}: ${verdict} ${JSON.stringify(events.slice(-2))} ${shown.slice(0, 500)}`);
    if ((program.mustNotContain ?? []).some((secret) => shown.includes(secret)))
      total.wrong.push(`${program.file} shows: ${shown.slice(0, 500)}`);
  };
  const goOn = async (line: number): Promise<void> => {
    const random = Random.of(options.seed, line);
    while (performance.now() < end)
      await judgeOne(random.pick(programs), random.chance(ABORTED) ? random.below(1500) : null);
  };

  const fresh = await canary();
  const { slots } = await judge.capabilities();
  // twice as many as can run, so that boxes are never idle
  await Promise.all(Array.from({ length: 2 * slots }, (_, line) => goOn(line)));
  const worn = await canary();
  if (bait && bait.connections > 0) total.wrong.push(`${bait.connections} programs reached a listener of the host`);
  const keepers = judge.sandboxPids;
  await judge.close();
  const left = leftSince(before, dataDir, keepers);
  await bait?.remove();
  await stop();
  return { ...total, left, canary: { before: fresh, after: worn } };
}
