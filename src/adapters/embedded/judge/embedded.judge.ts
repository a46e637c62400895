import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageId } from '../../../contract/terms';
import { Judge, type JudgeCapabilities, type JudgeEvent, type JudgeJob } from '../../../ports';
import { Artifacts } from './artifacts';
import { EventStream } from './event-stream';
import { type Ground, type GroundOptions, NO_ISOLATION, openGround, walledGround } from './ground';
import { runJob } from './job-run';
import { LANGUAGES } from './languages';
import { Proofs } from './proofs';
import { Unavailable } from './sandbox-build';
import { SandboxLost } from './sandbox.process';
import { tryLanguages } from './self-test';
import { type Finding, findTool, type Tool } from './toolchain';
import type { Workshop } from './workshop';

interface EmbeddedJudgeOptions extends GroundOptions {
  /** Run programs without isolation where no sandbox works: for one person, with programs he trusts. */
  readonly unsafeLocal?: boolean;
  /** Which are offered, of those that work here; all of them unless given. */
  readonly languages?: readonly LanguageId[];
}

/** Nothing is judged, but what is written in a language of ours may be handed in: it waits. */
const UNAVAILABLE: JudgeCapabilities = {
  available: false,
  mode: 'unavailable',
  slots: 0,
  languages: LANGUAGES.map(({ id, name, extension, template }) => ({
    id,
    name,
    version: 'unknown',
    extension,
    template,
  })),
  runsCheckers: true,
  findings: [],
};

const NO_SANDBOX =
  'No sandbox works here: one needs namespaces (of root, or user namespaces) or a kernel with Landlock (Linux 5.13).';

const UNSAFE =
  'JUDGE_UNSAFE_LOCAL is set: programs run WITHOUT ISOLATION, with all rights of this server. Their memory is not measured, and their CPU time only where they end by themselves.';

/** Runs programs on this host, each in a box of its own. Without walls that hold it judges nothing. */
export class EmbeddedJudge extends Judge {
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private trying: Promise<void> = Promise.resolve();

  private constructor(
    private found: JudgeCapabilities,
    private workshop?: Workshop,
  ) {
    super();
  }

  /** Never rejects for what the host lacks: the judge is then unavailable, and its findings say why. */
  static async start(options: EmbeddedJudgeOptions): Promise<EmbeddedJudge> {
    const workFolder = options.workFolder ?? options.dataDir;
    const folders = { root: join(workFolder, 'root'), programs: join(workFolder, 'programs') };
    // without namespaces programs of another uid walk through here to their box
    await mkdir(folders.root, { recursive: true, mode: 0o711 });
    const proofs = await Proofs.open(options.dataDir);
    const wanted = LANGUAGES.filter(({ id }) => options.languages?.includes(id) ?? true);
    const searches = await Promise.all(wanted.map((recipe) => findTool(recipe, proofs)));
    const tools = searches.flatMap(({ tool }) => tool ?? []);
    const findings = searches.flatMap((search) => search.findings);
    const artifacts = await Artifacts.open(folders.programs);
    const site = { folders, artifacts, tools, findings };
    try {
      return await EmbeddedJudge.offer(await walledGround(options, site), proofs, findings);
    } catch (error) {
      if (!(error instanceof Unavailable || error instanceof SandboxLost)) throw error;
      const says = error instanceof SandboxLost ? `${NO_SANDBOX} (${error.message})` : error.message;
      findings.push({ ok: false, says });
    }
    if (!options.unsafeLocal) return new EmbeddedJudge({ ...UNAVAILABLE, findings });
    findings.push({ ok: false, says: UNSAFE });
    return EmbeddedJudge.offer(await openGround(options, site), proofs, findings);
  }

  /**
   * Offers the languages that work there. Those whose compilers are slow are tried when the others have been,
   * and nobody waits for it; a job in one of them is done meanwhile all the same.
   */
  private static async offer({ mode, walls, ...workshop }: Ground, proofs: Proofs, findings: Finding[]) {
    const { count } = workshop.slots;
    const found = { available: false, mode, slots: count, languages: [], runsCheckers: true, findings };
    const judge = new EmbeddedJudge(found, workshop);
    const trials = { proofs, walls, closing: judge.closing.signal, tell: judge.learn.bind(judge) };
    const isSlow = ({ recipe, mark }: Tool) => recipe.compileFactor !== undefined && proofs.get(mark)?.walls !== walls;
    const tools = [...workshop.tools];
    await tryLanguages(
      workshop,
      tools.filter((tool) => !isSlow(tool)),
      trials,
    );
    const keep = () => {
      const works = new Set(judge.found.languages.map(({ id }) => id));
      const proven = tools.filter(({ recipe }) => works.has(recipe.id));
      return proofs.replace(proven.map(({ mark, command, version }) => ({ mark, command, version, walls })));
    };
    await keep();
    const forgetful = ({ message }: Error) => {
      const says = `What works could not be kept, so that the next start tries it again: ${message}.`;
      judge.found = { ...judge.found, findings: [...judge.found.findings, { ok: false, says }] };
    };
    judge.trying = tryLanguages(workshop, tools.filter(isSlow), trials).then(keep).catch(forgetful);
    return judge;
  }

  /** A language that works is offered, in the order of the table; one that does not is not known any more. */
  private learn(tool: Tool, finding: Finding | undefined): void {
    if (!this.workshop) return;
    if (finding) {
      this.workshop = { ...this.workshop, tools: this.workshop.tools.filter((one) => one !== tool) };
      this.found = { ...this.found, findings: [...this.found.findings, finding] };
      return;
    }
    const { recipe, version } = tool;
    const { id, name, extension, template } = recipe;
    const known = new Map(this.found.languages.map((one) => [one.id, one]));
    known.set(id, { id, name, version, extension, template });
    const languages = LANGUAGES.flatMap((one) => known.get(one.id) ?? []);
    this.found = { ...this.found, available: true, languages };
  }

  async *judge(job: JudgeJob, signal: AbortSignal): AsyncGenerator<JudgeEvent, void> {
    if (!this.workshop || this.closing.signal.aborted) {
      const why = this.workshop
        ? ['The judge is closing.']
        : this.found.findings.filter((f) => !f.ok).map((f) => f.says);
      yield { type: 'error', retryable: true, reason: why.join(' ') };
      return;
    }
    const left = new AbortController();
    const events = new EventStream<JudgeEvent>();
    const stop = AbortSignal.any([signal, left.signal, this.closing.signal]);
    const work = runJob(this.workshop, job, stop, (event) => events.push(event)).finally(() => events.end());
    this.running.add(work);
    try {
      yield* events;
    } finally {
      // whoever stops listening no longer wants it judged
      left.abort();
      await work;
      this.running.delete(work);
    }
  }

  /** Whether programs are kept from this host, should any run at all. */
  get isolates(): boolean {
    return this.found.mode !== NO_ISOLATION;
  }

  capabilities(): Promise<JudgeCapabilities> {
    return Promise.resolve(this.found);
  }

  /** Resolves when nothing is tried or made in the background. */
  async settled(): Promise<void> {
    await this.trying;
    await this.workshop?.headers?.settled();
  }

  /** The sandboxes, for tests that let them die. */
  get sandboxPids(): number[] {
    return this.workshop?.slots.pids ?? [];
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([this.trying, ...this.running]);
    await Promise.all([this.workshop?.slots.close(), this.workshop?.headers?.close()]);
  }
}
