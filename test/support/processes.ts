import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface Process {
  readonly pid: number;
  /** One that has ended is a zombie until its parent hears of it. */
  readonly lives: boolean;
  readonly parent: number;
  readonly command: string;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [{ pid: Number(name), lives: state !== 'Z', parent: Number(parent), command }];
      } catch {
        return []; // it ended while we looked
      }
    });
}

/** What was started in boxes: children of the boxes, which are the children of the sandboxes, and no mere forks of them any more. */
function startedIn(sandboxes: readonly number[]): number[] {
  const all = processes();
  const childrenOf = (parents: readonly Process[]) =>
    all.filter(({ parent }) => parents.some(({ pid }) => pid === parent));
  const boxes = childrenOf(all.filter(({ pid }) => sandboxes.includes(pid)));
  const forks = new Set(boxes.map(({ command }) => command));
  return childrenOf(boxes).flatMap(({ pid, command }) => (forks.has(command) ? [] : pid));
}

const GATE = 4;

/** Whether it was started ahead of its run, and is not told of it yet: see sandbox-warm.c. */
function isAtGate(pid: number): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.includes(`JOUST_GATE=${GATE}`) && readlinkSync(`/proc/${pid}/fd/${GATE}`).startsWith('pipe:');
  } catch {
    return false; // it has no gate, or ended while we looked
  }
}

/** Programs that run in boxes. */
export const programsIn = (sandboxes: readonly number[]): number[] =>
  startedIn(sandboxes).filter((pid) => !isAtGate(pid));

/** Programs that wait in boxes for their runs. */
export const waitingIn = (sandboxes: readonly number[]): number[] => startedIn(sandboxes).filter(isAtGate);

/** Processes whose command line names `text`: sandboxes and boxes name their data folder. */
export const processesNaming = (text: string): number[] =>
  processes()
    .filter(({ command }) => command.includes(text))
    .map(({ pid }) => pid);

export const hasEnded = (pid: number): boolean => !processes().some((one) => one.pid === pid && one.lives);
