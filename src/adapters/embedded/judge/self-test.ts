import { readFile } from 'node:fs/promises';
import type { JudgeEvent, JudgeJob } from '../../../ports';
import { artifactName } from './artifacts';
import { runJob, type Workshop } from './job-run';
import type { Finding, Tool } from './toolchain';

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
const ATTEMPTS_AT_LEAST = 10;

/**
 * Lets a program inside a box try what must be refused. Whatever it could do, and a report that does
 * not arrive, is a finding that closes the judge.
 */
export async function probeWalls({ slots, artifacts }: Workshop, sandbox: string): Promise<Finding[]> {
  const content = await readFile(sandbox);
  const program = artifactName('probe', content.toString('base64'));
  await artifacts.write(program, content);
  const findings = await Promise.all(
    (['native', 'python', 'javascript', 'compiler'] as const).map(async (family): Promise<Finding[]> => {
      const outcome = await slots.run(
        {},
        {
          ...{ family, ...LIMITS, errorBytes: 4096, program, name: 'program', input: '' },
          argv: ['/box/program', '--probe'],
        },
        AbortSignal.timeout(LIMITS.wallMs),
      );
      const attempts = outcome.out.toString().trim().split('\n');
      if (outcome.reason !== 'ended' || outcome.exit !== 0 || attempts.length < ATTEMPTS_AT_LEAST)
        return [{ ok: false, says: `The self-test of ${family} boxes did not finish: ${outcome.err.toString()}` }];
      const open = attempts
        .filter((attempt) => !attempt.endsWith(' refused'))
        // a compiler driver starts the compiler proper
        .filter((attempt) => !(family === 'compiler' && attempt.startsWith('start a process')));
      return open.map((attempt) => ({ ok: false, says: `A ${family} box does not hold: ${attempt}.` }));
    }),
  );
  const holes = findings.flat();
  return holes.length > 0 ? holes : [{ ok: true, says: 'A program in a box was refused all it tried.' }];
}

/** Judges each language's template. One that fails is not offered. */
export async function tryLanguages(workshop: Workshop): Promise<{ tools: Tool[]; findings: Finding[] }> {
  const tried = await Promise.all(
    workshop.tools.map(async (tool) => {
      const job: JudgeJob = {
        language: tool.recipe.id,
        source: tool.recipe.template,
        tests: [{ input: '3 4\n', accepts: (output) => output.trim() === '7' }],
        limits: LIMITS,
        stopEarly: true,
        keepOutput: true,
      };
      const events: JudgeEvent[] = [];
      await runJob(workshop, job, AbortSignal.timeout(LIMITS.compileWallMs), (event) => events.push(event));
      return { tool, events, works: events.some((event) => event.type === 'done' && event.verdict === 'AC') };
    }),
  );
  const findings = tried
    .filter(({ works }) => !works)
    .map(({ tool, events }) => {
      const saw = JSON.stringify(events.filter(({ type }) => type !== 'compiling'));
      return { ok: false, says: `${tool.recipe.name} does not work in a box and is not offered: ${saw}` };
    });
  return { tools: tried.filter(({ works }) => works).map(({ tool }) => tool), findings };
}
