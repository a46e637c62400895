import type { Limits } from '../../../contract/terms';
import { printable } from '../../printable';
import { artifactName, type Artifacts } from './artifacts';
import type { RunOutcome, RunRequest } from './sandbox-protocol';
import type { Tool } from './toolchain';

/** A program ready to run, held until released. */
export interface Program {
  readonly artifact: string;
  /** Its file name below /box. */
  readonly name: string;
  readonly argv: readonly string[];
}

interface Compilation {
  readonly program?: Program;
  readonly output: string;
  readonly cpuMs: number;
  readonly cached: boolean;
}

/** The sandbox failed, not the program. */
export class SandboxFault extends Error {}

const PRODUCT_BYTES = 64 * 2 ** 20;
const MESSAGE_BYTES = 65_536;

function inWords(outcome: RunOutcome, limits: Limits): string {
  const said = printable(outcome.err.length > 0 ? outcome.err : outcome.out);
  if (outcome.reason === 'cpu' || outcome.reason === 'wall')
    return `${said}\nThe compiler was stopped: it took more than ${limits.compileCpuMs / 1000} s.`.trim();
  if (outcome.reason === 'memory') return `${said}\nThe compiler was stopped: it needed too much memory.`.trim();
  if (outcome.exit === null) return `${said}\nThe compiler was stopped by signal ${outcome.signal ?? 0}.`.trim();
  return said;
}

/**
 * Makes a source a program, once for all who submit the same. The compiler runs in a box like any
 * program, for a compiler does what a source tells it to. Undefined when aborted; rejects with
 * SandboxFault or SandboxLost. The caller releases `program.artifact`.
 */
export async function compile(
  tool: Tool,
  source: string,
  limits: Limits,
  artifacts: Artifacts,
  run: (request: RunRequest) => Promise<RunOutcome>,
): Promise<Compilation | undefined> {
  const { recipe, command } = tool;
  const name = `main.${recipe.extension}`;
  const sourceArtifact = artifactName('source', recipe.id, source);
  if (!recipe.compile) {
    artifacts.hold(sourceArtifact);
    await artifacts.write(sourceArtifact, source);
    const argv = recipe.run(command, `/box/${name}`);
    return { program: { artifact: sourceArtifact, name, argv }, output: '', cpuMs: 0, cached: false };
  }

  const argv = recipe.compile(command, `/box/${name}`);
  const product = artifactName('program', recipe.id, tool.version, ...argv, source);
  const program = { artifact: product, name: 'program', argv: recipe.run(command, '/box/program') };
  artifacts.hold(product);
  if (artifacts.has(product)) return { program, output: '', cpuMs: 0, cached: true };

  let made: Compilation | undefined;
  artifacts.hold(sourceArtifact);
  try {
    await artifacts.write(sourceArtifact, source);
    const outcome = await run({
      family: 'compiler',
      cpuMs: limits.compileCpuMs,
      wallMs: limits.compileWallMs,
      memoryKiB: limits.compileMemoryKiB,
      outputBytes: MESSAGE_BYTES,
      errorBytes: MESSAGE_BYTES,
      fileBytes: PRODUCT_BYTES,
      program: sourceArtifact,
      name,
      product,
      argv,
      input: '',
    });
    if (outcome.reason === 'aborted') return undefined;
    if (outcome.reason === 'fault') throw new SandboxFault(outcome.err.toString());
    const ok = outcome.reason === 'ended' && outcome.exit === 0;
    if (ok) await artifacts.trim();
    const told = { output: inWords(outcome, limits), cpuMs: outcome.cpuMs, cached: false };
    return (made = ok ? { program, ...told } : told);
  } finally {
    if (!made?.program) artifacts.release(product);
    artifacts.release(sourceArtifact);
    await artifacts.remove(sourceArtifact);
  }
}
