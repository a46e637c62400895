import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Artifacts } from '../../src/adapters/embedded/judge/artifacts';
import { runJob } from '../../src/adapters/embedded/judge/job-run';
import { LANGUAGES } from '../../src/adapters/embedded/judge/languages';
import { Proofs } from '../../src/adapters/embedded/judge/proofs';
import { Sandbox } from '../../src/adapters/embedded/judge/sandbox.process';
import { Slots } from '../../src/adapters/embedded/judge/slots';
import { findTool, visiblePaths } from '../../src/adapters/embedded/judge/toolchain';
import type { Workshop } from '../../src/adapters/embedded/judge/workshop';
import type { JudgeEvent } from '../../src/ports';
import { fuzzPipe } from '../fuzz/pipe';
import { FEW_LANGUAGES } from '../support/embedded-judge';
import { jobOf, MANIFEST, type Program } from '../support/judge-programs';
import { buildForTest } from '../support/sandbox-build';

/*
 * The sandbox, built so that a misstep of its memory or its arithmetic ends it: a run in which that
 * happens is an error, and no verdict. For longer: `npm run fuzz:sandbox`.
 */

const GROUPS = ['ac', 'wa', 're_exit', 're_signal', 'ole', 'mle'];
const programs = MANIFEST.programs.filter(({ group }) => GROUPS.includes(group));
let built: Awaited<ReturnType<typeof buildForTest>>;

beforeAll(async () => {
  built = await buildForTest('sanitized');
});
afterAll(() => built.remove());

describe('ordinary programs', () => {
  const results = new Map<Program, Promise<JudgeEvent[]>>();
  let folder: string;
  let workshop: Workshop;

  const eventsOf = async (program: Program): Promise<JudgeEvent[]> => {
    const events: JudgeEvent[] = [];
    await runJob(workshop, jobOf(program), new AbortController().signal, (event) => events.push(event));
    return events;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joust-sanitized-'));
    await chmod(folder, 0o711);
    const [root, headers] = [join(folder, 'root'), join(folder, 'headers')];
    for (const place of [root, headers]) await mkdir(place, { mode: 0o711 });
    const proofs = await Proofs.open(folder);
    const recipes = LANGUAGES.filter(({ id }) => FEW_LANGUAGES.includes(id));
    const searches = await Promise.all(recipes.map((recipe) => findTool(recipe, proofs)));
    const tools = searches.flatMap(({ tool }) => tool ?? []);
    const artifacts = await Artifacts.open(join(folder, 'programs'));
    const { executable } = built;
    const place = { executable, root, programs: artifacts.folder, visible: visiblePaths(tools), hidden: [], headers };
    workshop = { slots: await Slots.open((slot) => Sandbox.start(place, slot), 4), artifacts, tools };
    for (const program of programs) results.set(program, eventsOf(program));
  });
  afterAll(async () => {
    await workshop.slots.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(programs.map((program) => [program.file, program] as const))('%s', async (_, program) => {
    const events = await results.get(program)!;
    const end = events.at(-1);
    const verdict = end?.type === 'done' ? end.verdict : 'error';
    expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
  });
});

it('whatever is said on its pipe', async () => {
  const { broken, requests, replies, refused } = await fuzzPipe({ executable: built.executable, seed: 1, seconds: 6 });
  expect(broken).toEqual([]);
  // it was spoken to, and both understood and refused
  expect(Math.min(requests, replies, refused)).toBeGreaterThan(5);
});
