import type { Limits } from '../../../contract/terms';
import { printable } from '../../printable';
import { artifactName, type Compiled } from './artifacts';
import type { BoxFile, Family, RunOutcome, RunRequest } from './sandbox-protocol';
import type { Tool } from './toolchain';
import type { Workshop } from './workshop';

/** A program ready to run, held until released. */
export interface Program {
  readonly artifact: string;
  /** Its file name below /box. */
  readonly name: string;
  readonly argv: readonly string[];
  readonly self?: string;
  readonly family: Family;
  readonly waitsAtGate?: true;
}

/** What is to be compiled, and what that may take. */
interface Source {
  readonly source: string;
  readonly includes?: readonly BoxFile[];
  readonly limits: Limits;
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

const wordsOf = ({ name, content }: BoxFile): string[] => [name, content.toString()];

function inWords(outcome: RunOutcome, { compileCpuMs }: Limits, compileFactor: number): string {
  const said = printable(outcome.err.length > 0 ? outcome.err : outcome.out);
  if (outcome.reason === 'cpu' || outcome.reason === 'wall')
    return `${said}\nThe compiler was stopped: it took more than ${(compileCpuMs * compileFactor) / 1000} s.`.trim();
  if (outcome.reason === 'memory') return `${said}\nThe compiler was stopped: it needed too much memory.`.trim();
  if (outcome.exit === null) return `${said}\nThe compiler was stopped by signal ${outcome.signal ?? 0}.`.trim();
  return said;
}

/**
 * Makes a source a program, once for all who submit the same, be it at the same moment. The compiler runs in a
 * box like any program, for a compiler does what a source tells it to. Undefined when aborted; rejects with
 * SandboxFault or SandboxLost. The caller releases `program.artifact`.
 */
export async function compile(
  tool: Tool,
  source: Source,
  workshop: Workshop,
  signal: AbortSignal,
): Promise<Compilation | undefined> {
  const { recipe } = tool;
  const { family } = recipe;
  const { artifacts } = workshop;
  const { memoryKiB, compileCpuMs, compileWallMs, compileMemoryKiB } = source.limits;
  const memoryMiB = memoryKiB / 1024;
  const self = selfOf(tool);
  if (!recipe.compile) {
    const [artifact, name] = [sourceArtifact(tool, source), fileOf(tool)];
    artifacts.hold(artifact);
    await artifacts.write(artifact, source.source);
    const argv = recipe.run(tool, `/box/${name}`, memoryMiB);
    return { program: { artifact, name, argv, family, ...waitOf(tool), ...self }, output: '', cpuMs: 0, cached: false };
  }

  const words = recipe.compile(tool, `/box/${fileOf(tool)}`);
  const included = (source.includes ?? []).flatMap(wordsOf);
  const product = artifactName('program', recipe.id, tool.version, ...words, source.source, ...included);
  const argv = recipe.run(tool, '/box/program', memoryMiB);
  const program = { artifact: product, name: 'program', argv, family, ...self };
  artifacts.hold(product);
  let made: Compiled | undefined;
  try {
    if (artifacts.has(product)) made = FOUND;
    else {
      // a compiler with less time or memory may say something else
      const work = [product, compileCpuMs, compileWallMs, compileMemoryKiB].join();
      made = await artifacts.making.join(work, signal, (stop) => make(product, words, tool, source, workshop, stop));
    }
    if (!made) return undefined;
    const { ok, ...told } = made;
    return { ...(ok && { program }), ...told, cached: made === FOUND };
  } finally {
    if (!made?.ok) artifacts.release(product);
  }
}

const FOUND: Compiled = { ok: true, output: '', cpuMs: 0 };

const waitOf = ({ recipe }: Tool) => recipe.waitsAtGate && { waitsAtGate: recipe.waitsAtGate };
const selfOf = (tool: Tool) => tool.recipe.asksForItself && { self: tool.runner };
const fileOf = ({ recipe }: Tool): string => recipe.file ?? `main.${recipe.extension}`;
const sourceArtifact = ({ recipe }: Tool, { source }: Source): string => artifactName('source', recipe.id, source);

/** Runs the compiler. Undefined when aborted. Whoever wants the product holds it. */
async function make(
  product: string,
  [compiler = '', ...words]: readonly string[],
  tool: Tool,
  source: Source,
  { artifacts, headers, slots }: Workshop,
  stop: AbortSignal,
): Promise<Compiled | undefined> {
  const { limits } = source;
  const { compileFactor = 1 } = tool.recipe;
  const program = sourceArtifact(tool, source);
  artifacts.hold(program);
  try {
    await artifacts.write(program, source.source);
    const request: RunRequest = {
      family: 'compiler',
      cpuMs: limits.compileCpuMs * compileFactor,
      wallMs: limits.compileWallMs * compileFactor,
      memoryKiB: limits.compileMemoryKiB,
      outputBytes: MESSAGE_BYTES,
      errorBytes: MESSAGE_BYTES,
      fileBytes: PRODUCT_BYTES,
      program,
      name: fileOf(tool),
      product,
      ...selfOf(tool),
      argv: [compiler, ...(headers?.wordsFor(tool, source.source) ?? []), ...words],
      input: '',
      files: source.includes ?? [],
    };
    // a line of its own: it is for all who wait for it
    const outcome = await slots.run({}, request, stop);
    if (outcome.reason === 'aborted') return undefined;
    if (outcome.reason === 'fault') throw new SandboxFault(outcome.err.toString());
    const ok = outcome.reason === 'ended' && outcome.exit === 0;
    if (ok) artifacts.add(product);
    return { ok, output: inWords(outcome, limits, compileFactor), cpuMs: outcome.cpuMs };
  } finally {
    artifacts.release(program);
    artifacts.remove(program);
  }
}
