import { availableParallelism, release } from 'node:os';
import { basename, join } from 'node:path';
import type { Artifacts } from './artifacts';
import { launchBare } from './bare';
import { bubblewrapVersion, throughBubblewrap } from './bubblewrap';
import { bubblewrapProbe } from './bubblewrap-probe';
import { ChildRunner } from './child.runner';
import { BUBBLEWRAP_EXPLAINED, BUBBLEWRAP_INSTEAD, bubblewrapInWords, explained, inWords } from './mode-in-words';
import { PrecompiledHeaders } from './precompiled-headers';
import { buildSandbox, COMPILERS, Unavailable } from './sandbox-build';
import { firstUidOf, NO_WALLS, Sandbox } from './sandbox.process';
import { type Probe, probeWalls, sandboxProbe } from './self-test';
import { Slots } from './slots';
import { exposedPaths, type Finding, hiddenPaths, placesOf, type Tool, visiblePaths } from './toolchain';
import type { Workshop } from './workshop';

export interface GroundOptions {
  /** Holds the built sandbox, precompiled headers and the compiled programs. May be deleted while the judge is closed. */
  readonly dataDir: string;
  /** Holds the boxes and the compiled programs instead, where another judge uses `dataDir`: they are one judge's at a time. */
  readonly workFolder?: string;
  /** How many programs run at the same time; the number of processors, and at least 2, unless given. */
  readonly slots?: number;
  /** Folders no program may see, such as that of the problems, should they lie below /usr. */
  readonly hidden?: readonly string[];
  /** Where what the sandbox is built with, and what there is without, are looked for; where they are usually, unless given. */
  readonly compilers?: readonly string[];
  readonly bubblewraps?: readonly string[];
}

/** What jobs are run with, and what stands around their programs. */
export interface Ground extends Workshop {
  readonly mode: string;
  /** The same only while what works between them does. */
  readonly walls: string;
}

/** What every ground is laid with. */
interface Site {
  readonly folders: { readonly root: string; readonly programs: string };
  readonly artifacts: Artifacts;
  readonly tools: readonly Tool[];
  readonly findings: Finding[];
}

export const NO_ISOLATION = 'without isolation';
const SLOTS = Math.max(2, availableParallelism());
const BUBBLEWRAPS = ['/usr/bin/bwrap', 'bwrap'];
const EXPOSED =
  'lies among what programs must see, and this host grants no namespaces to hide it: install it elsewhere.';

/** Behind the sandbox, or behind bubblewrap where there is none. Rejects with Unavailable or SandboxLost where no wall holds. */
export async function walledGround(options: GroundOptions, site: Site): Promise<Ground> {
  let executable: string;
  try {
    executable = await buildSandbox(options.dataDir, options.compilers ?? COMPILERS);
  } catch (error) {
    if (!(error instanceof Unavailable) || process.platform !== 'linux') throw error;
    const [bubblewrap] = placesOf(options.bubblewraps ?? BUBBLEWRAPS);
    if (!bubblewrap) throw new Unavailable(`${error.message} ${BUBBLEWRAP_INSTEAD}`);
    return bubblewrapGround(bubblewrap, error.message, options, site);
  }
  return sandboxGround(executable, options, site);
}

/** For one person, with programs he trusts. */
export async function openGround(options: GroundOptions, { folders, artifacts, tools }: Site): Promise<Ground> {
  const start = () => Promise.resolve(new ChildRunner({ ...folders, launch: launchBare }));
  const slots = await Slots.open(start, options.slots ?? SLOTS);
  return { slots, artifacts, tools, mode: NO_ISOLATION, walls: NO_ISOLATION };
}

async function sandboxGround(executable: string, options: GroundOptions, site: Site): Promise<Ground> {
  const { folders, artifacts, tools, findings } = site;
  const { visible, hidden, own } = viewOf(options, tools);
  const headers = join(options.dataDir, 'headers');
  const precompiled = await PrecompiledHeaders.open(headers, tools, options.workFolder === undefined);
  const place = { executable, ...folders, visible, hidden, headers };
  let mode = NO_WALLS;
  const start = async (slot: number) => {
    const sandbox = await Sandbox.start(place, slot);
    mode = sandbox.mode;
    return sandbox;
  };
  const slots = await Slots.open(start, options.slots ?? SLOTS);
  const exposed = () => (mode.namespaces ? [] : exposedPaths(own, visible).map((path) => `${path} ${EXPOSED}`));
  const probe = await sandboxProbe(executable, artifacts.folder);
  const walls = await heldOrClosed({ slots, artifacts, tools }, probe, exposed);
  findings.push({ ok: true, says: explained(mode) }, ...walls);
  const words = inWords(mode);
  const ground = { mode: words, walls: [words, basename(executable), release()].join(', ') };
  return { slots, artifacts, tools, ...ground, ...(mode.namespaces && { headers: precompiled }) };
}

async function bubblewrapGround(command: string, why: string, options: GroundOptions, site: Site): Promise<Ground> {
  if (process.arch !== 'x64') throw new Unavailable(`${why} The filter for bubblewrap is made for x86_64 only.`);
  const { folders, artifacts, tools, findings } = site;
  const { visible, hidden } = viewOf(options, tools);
  const version = await bubblewrapVersion(command);
  const isRoot = process.getuid?.() === 0;
  const start = (slot: number) => {
    const who = isRoot ? { uid: firstUidOf(slot) } : {};
    const launch = throughBubblewrap({ command, visible, hidden, ...who });
    return Promise.resolve(new ChildRunner({ ...folders, launch, ...who }));
  };
  const slots = await Slots.open(start, options.slots ?? SLOTS);
  const walls = await heldOrClosed({ slots, artifacts, tools }, bubblewrapProbe(artifacts.folder));
  findings.push({ ok: true, says: `${why} ${BUBBLEWRAP_EXPLAINED}` }, ...walls);
  const mode = bubblewrapInWords(isRoot);
  return { slots, artifacts, tools, mode, walls: [mode, version, release()].join(', ') };
}

function viewOf({ dataDir, workFolder = dataDir, hidden = [] }: GroundOptions, tools: readonly Tool[]) {
  const visible = visiblePaths(tools);
  const own = [dataDir, workFolder, ...hidden];
  return { visible, own, hidden: hiddenPaths(own, visible) };
}

/** What the self-test found, where that is nothing wrong. Else the slots are closed. */
async function heldOrClosed(workshop: Workshop, probe: Probe, more: () => string[] = () => []): Promise<Finding[]> {
  try {
    const walls = await probeWalls(workshop, probe);
    const holes = [...walls.filter(({ ok }) => !ok).map(({ says }) => says), ...more()];
    if (holes.length > 0) throw new Unavailable(holes.join(' '));
    return walls;
  } catch (error) {
    await workshop.slots.close();
    throw error;
  }
}
