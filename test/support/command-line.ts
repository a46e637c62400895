import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEW_LANGUAGES } from './embedded-judge';

/** What a command came to. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What standard output holds, as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

const ROOT = join(__dirname, '..', '..');

/** Runs the command line as a process of its own. Of this environment it is given what a program needs to start. */
export function joust(given: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const line = ['-r', join(__dirname, 'compile-on-load.cjs'), join(ROOT, 'src', 'cli.ts'), ...given];
  const { PATH, HOME } = process.env;
  return new Promise((resolve) => {
    const options = {
      cwd: ROOT,
      env: { PATH, HOME, JUDGE_LANGUAGES: FEW_LANGUAGES.join(','), ...env },
      maxBuffer: 2 ** 26,
    };
    const child = execFile(process.execPath, line, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr, json: /^[[{]/.test(stdout) ? JSON.parse(stdout) : null });
    });
  });
}

/** A folder for the time of a spec. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'joust-cli-'));

  /** Writes a file, as JSON unless it is text, and tells its path. */
  write(name: string, content: unknown): string {
    const path = join(this.path, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** That it failed as commands do: exit 1, a sentence for people, and no answer. */
export function expectFailure({ code, stdout, stderr }: Said, sentence: RegExp): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/^ +at /m);
}
