import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // it ended while we looked
      }
    });
}

/** Programs that run in boxes: the children of the boxes, which are the children of the sandboxes. */
export function programsIn(sandboxes: readonly number[]): number[] {
  const all = processes();
  const childrenOf = (pids: readonly number[]) =>
    all.filter(({ parent }) => pids.includes(parent)).map(({ pid }) => pid);
  return childrenOf(childrenOf(sandboxes));
}

/** Processes whose command line names `text`: sandboxes and boxes name their data folder. */
export const processesNaming = (text: string): number[] =>
  processes()
    .filter(({ command }) => command.includes(text))
    .map(({ pid }) => pid);
