import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProblemDefects, readProblemFolder } from '../../src/problems/problem-folder';

export const JSON_OF_TWICE = {
  title: 'Twice',
  difficulty: 'easy',
  tags: ['math'],
  limits: { cpuMs: 1000, memoryKiB: 262144 },
  checker: { kind: 'tokens' },
};

/** The files of a small, sound problem. */
export const TWICE: Readonly<Record<string, string>> = {
  'problem.json': JSON.stringify(JSON_OF_TWICE),
  'statement.md': '# Twice\n\nPrint $2n$.\n',
  'samples/1.in': '2\n',
  'samples/1.ans': '4\n',
  'samples/1.md': 'Twice $2$ is $4$.\n',
  'samples/2.in': '0\n',
  'samples/2.ans': '0\n',
  'secret/1.in': '1\n',
  'secret/1.ans': '2\n',
  'secret/2.in': '5\n',
  'secret/2.ans': '10\n',
  'secret/10.in': '7\n',
  'secret/10.ans': '14\n',
  'solutions/accepted.py': 'print(2 * int(input()))\n',
  'solutions/wrong-square.cpp': 'int main() {}\n',
  'solutions/slow-loop.py': 'while True: pass\n',
  'generator.mjs': 'export const tests = [];\n',
};

/** That problem in a folder of its own, for each test anew, to be spoilt. */
export class SmallProblem {
  /** Holds the folder, and whatever a test puts beside it. */
  root = '';

  /** To be called where tests are described. */
  constructor() {
    beforeEach(async () => {
      this.root = await mkdtemp(join(tmpdir(), 'problem-folder-'));
      for (const [name, content] of Object.entries(TWICE)) await this.put(name, content);
    });
    afterEach(() => rm(this.root, { recursive: true }));
  }

  get folder(): string {
    return join(this.root, 'twice');
  }

  async put(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.folder, name)), { recursive: true });
    await writeFile(join(this.folder, name), content);
  }

  remove(name: string): Promise<void> {
    return rm(join(this.folder, name), { recursive: true });
  }

  putJson(changes: object): Promise<void> {
    return this.put('problem.json', JSON.stringify({ ...JSON_OF_TWICE, ...changes }));
  }
}

/** What is found wrong with the problem in a folder. */
export async function defectsOf(path: string): Promise<readonly string[]> {
  const error: unknown = await readProblemFolder(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemDefects)) throw new Error(`expected defects, got ${String(error)}`);
  return error.defects;
}
