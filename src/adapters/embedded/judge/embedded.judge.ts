import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Judge, type JudgeCapabilities, type JudgeEvent, type JudgeJob } from '../../../ports';
import { Artifacts } from './artifacts';
import { EventStream } from './event-stream';
import { runJob, type Workshop } from './job-run';
import { LANGUAGES } from './languages';
import { buildSandbox, Unavailable } from './sandbox-build';
import { SandboxLost, type SandboxMode } from './sandbox.process';
import { probeWalls, tryLanguages } from './self-test';
import { Slots } from './slots';
import { exposedPaths, type Finding, findTool, hiddenPaths, visiblePaths } from './toolchain';

interface EmbeddedJudgeOptions {
  /** Holds the built sandbox and the compiled programs. May be deleted while the judge is closed. */
  readonly dataDir: string;
  /** Holds the boxes and the compiled programs instead, where another judge uses `dataDir`: they are one judge's at a time. */
  readonly workFolder?: string;
  /** How many programs run at the same time; the number of processors, and at least 2, unless given. */
  readonly slots?: number;
  /** Folders no program may see, such as that of the problems, should they lie below /usr. */
  readonly hidden?: readonly string[];
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
  findings: [],
};

const NO_SANDBOX =
  'No sandbox works here: one needs namespaces (of root, or user namespaces) or a kernel with Landlock (Linux 5.13).';

const EXPOSED =
  'lies among what programs must see, and this host grants no namespaces to hide it: install it elsewhere.';

function inWords({ namespaces, root, landlock }: SandboxMode): string {
  const walls = [...(namespaces ? ['namespaces'] : []), ...(landlock > 0 ? ['Landlock'] : [])].join(' and ');
  return `${walls}, as ${root ? 'root' : 'an ordinary user'}`;
}

/** Runs programs on this host, each in a box of its own. Without walls that hold it judges nothing. */
export class EmbeddedJudge extends Judge {
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<void>>();

  private constructor(
    private readonly found: JudgeCapabilities,
    private readonly workshop?: Workshop,
  ) {
    super();
  }

  /** Never rejects for what the host lacks: the judge is then unavailable, and its findings say why. */
  static async start(options: EmbeddedJudgeOptions): Promise<EmbeddedJudge> {
    const findings: Finding[] = [];
    try {
      return await EmbeddedJudge.prepare(options, findings);
    } catch (error) {
      if (!(error instanceof Unavailable || error instanceof SandboxLost)) throw error;
      const says = error instanceof SandboxLost ? `${NO_SANDBOX} (${error.message})` : error.message;
      return new EmbeddedJudge({ ...UNAVAILABLE, findings: [...findings, { ok: false, says }] });
    }
  }

  private static async prepare(options: EmbeddedJudgeOptions, findings: Finding[]): Promise<EmbeddedJudge> {
    const workFolder = options.workFolder ?? options.dataDir;
    const root = join(workFolder, 'root');
    // without namespaces programs of another uid walk through here to their box
    await mkdir(root, { recursive: true, mode: 0o711 });
    const executable = await buildSandbox(options.dataDir);
    const searches = await Promise.all(LANGUAGES.map((recipe) => findTool(recipe)));
    const tools = searches.flatMap(({ tool }) => tool ?? []);
    findings.push(...searches.flatMap((search) => search.findings));
    const searched = findings.length;

    const artifacts = await Artifacts.open(join(workFolder, 'programs'));
    const visible = visiblePaths(tools);
    const own = [options.dataDir, workFolder, ...(options.hidden ?? [])];
    const hidden = hiddenPaths(own, visible);
    const place = { executable, root, programs: artifacts.folder, visible, hidden };
    const count = options.slots ?? Math.max(2, availableParallelism());
    const slots = await Slots.open(place, count);
    const walls = await probeWalls({ slots, artifacts, tools }, executable);
    findings.push(...walls);
    if (!slots.mode.namespaces)
      findings.push(...exposedPaths(own, visible).map((path) => ({ ok: false, says: `${path} ${EXPOSED}` })));
    if (!findings.slice(searched).every(({ ok }) => ok)) {
      await slots.close();
      return new EmbeddedJudge({ ...UNAVAILABLE, findings });
    }

    const tried = await tryLanguages({ slots, artifacts, tools });
    findings.push(...tried.findings);
    const mode = inWords(slots.mode);
    const languages = tried.tools.map(({ recipe, version }) => {
      const { id, name, extension, template } = recipe;
      return { id, name, version, extension, template };
    });
    const capabilities = { available: languages.length > 0, mode, slots: count, languages, findings };
    return new EmbeddedJudge(capabilities, { slots, artifacts, tools: tried.tools });
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

  capabilities(): Promise<JudgeCapabilities> {
    return Promise.resolve(this.found);
  }

  /** The sandboxes, for tests that let them die. */
  get sandboxPids(): number[] {
    return this.workshop?.slots.pids ?? [];
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.running);
    await this.workshop?.slots.close();
  }
}
