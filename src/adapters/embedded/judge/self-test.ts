import { readFile } from 'node:fs/promises';
import type { JudgeEvent, JudgeJob } from '../../../ports';
import { artifactName } from './artifacts';
import { runJob } from './job-run';
import type { Proofs } from './proofs';
import { FAMILIES, type Family, type RunOutcome } from './sandbox-protocol';
import type { Finding, Tool } from './toolchain';
import type { Workshop } from './workshop';

const LIMITS = {
  cpuMs: 5000,
  wallMs: 20_000,
  memoryKiB: 262_144,
  outputBytes: 65_536,
  fileBytes: 2 ** 24,
  compileCpuMs: 20_000,
  compileWallMs: 60_000,
  compileMemoryKiB: 1_048_576,
};
const ATTEMPTS_AT_LEAST = 26;
/** All languages are tried at once, and some compile for long. */
const TRY_MS = 180_000;

/** A program that tries, inside a box, what must be refused. */
export interface Probe {
  readonly content: Buffer;
  readonly argv: readonly string[];
  /** All that it could do; undefined where it did not get to its end. */
  readonly possible: (outcome: RunOutcome, family: Family) => readonly string[] | undefined;
}

/** The sandbox is its own probe: see sandbox-probe.c. */
export async function sandboxProbe(sandbox: string, hidden: string): Promise<Probe> {
  return {
    content: await readFile(sandbox),
    // two slashes: a word that begins with /tmp/ would be taken for the box's own
    argv: ['/box/program', '--probe', `/${hidden}`],
    possible: ({ out }, family) => {
      const attempts = out.toString().trim().split('\n');
      if (attempts.length < ATTEMPTS_AT_LEAST) return undefined;
      return (
        attempts
          .filter((attempt) => !attempt.endsWith(' refused'))
          // a compiler driver starts the compiler proper
          .filter((attempt) => !(family === 'compiler' && attempt.startsWith('start a process')))
      );
    },
  };
}

/** Lets the probe try. Whatever it could do, and a report that does not arrive, is a finding that closes the judge. */
export async function probeWalls({ slots, artifacts }: Workshop, probe: Probe): Promise<Finding[]> {
  const program = artifactName('probe', probe.content.toString('base64'));
  await artifacts.write(program, probe.content);
  const findings = await Promise.all(
    FAMILIES.map(async (family): Promise<Finding[]> => {
      const outcome = await slots.run(
        {},
        { family, ...LIMITS, errorBytes: 4096, program, name: 'program', input: '', argv: probe.argv },
        AbortSignal.timeout(LIMITS.wallMs),
      );
      const open = outcome.reason === 'ended' && outcome.exit === 0 ? probe.possible(outcome, family) : undefined;
      if (!open)
        return [{ ok: false, says: `The self-test of ${family} boxes did not finish: ${outcome.err.toString()}` }];
      return open.map((attempt) => ({ ok: false, says: `A ${family} box does not hold: ${attempt}.` }));
    }),
  );
  const holes = findings.flat();
  return holes.length > 0 ? holes : [{ ok: true, says: 'A program in a box was refused all it tried.' }];
}

/** Judges a language's template. Undefined where that gets the verdict it must, else what happened instead. */
async function tryOut(workshop: Workshop, tool: Tool, closing: AbortSignal): Promise<Finding | undefined> {
  const job: JudgeJob = {
    language: tool.recipe.id,
    source: tool.recipe.template,
    tests: [{ input: '3 4\n', accepts: (output) => output.trim() === '7' }],
    limits: LIMITS,
    stopEarly: true,
    keepOutput: true,
  };
  const events: JudgeEvent[] = [];
  const stop = AbortSignal.any([closing, AbortSignal.timeout(TRY_MS)]);
  await runJob(workshop, job, stop, (event) => events.push(event));
  if (events.some((event) => event.type === 'done' && event.verdict === 'AC')) return undefined;
  const saw = JSON.stringify(events.filter(({ type }) => type !== 'compiling'));
  return { ok: false, says: `${tool.recipe.name} does not work in a box and is not offered: ${saw}` };
}

interface Trials {
  readonly proofs: Proofs;
  readonly walls: string;
  /** Ends them early. */
  readonly closing: AbortSignal;
  /** Hears of each language once: that it works, or what is wrong with it. */
  readonly tell: (tool: Tool, finding: Finding | undefined) => void;
}

/** Tries those languages that were not seen to work between these walls before. */
export async function tryLanguages(
  workshop: Workshop,
  tools: readonly Tool[],
  { proofs, walls, closing, tell }: Trials,
): Promise<void> {
  const isProven = ({ mark }: Tool) => proofs.get(mark)?.walls === walls;
  await Promise.all(
    tools.map(async (tool) => tell(tool, isProven(tool) ? undefined : await tryOut(workshop, tool, closing))),
  );
}
