import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './processes';
import { now } from './statistics';

const execute = promisify(execFile);

/** Runs of one C++ program without a judge, in milliseconds each: as C starts processes, and as Node does. */
export class BareRuns {
  private constructor(
    private readonly starter: string,
    private readonly program: string,
    private readonly input: string,
  ) {}

  static async of(source: string, input: string): Promise<BareRuns> {
    const folder = temporaryFolder();
    const [starter, program] = [join(folder, 'bare-runs'), join(folder, 'program')];
    await execute('gcc', ['-O2', '-o', starter, join(__dirname, 'bare-runs.c')]);
    await writeFile(`${program}.cpp`, source);
    await execute('g++', ['-std=c++17', '-O2', '-pthread', '-o', program, `${program}.cpp`]);
    return new BareRuns(starter, program, input);
  }

  async byPosixSpawn(times: number): Promise<number[]> {
    const { stdout } = await execute(this.starter, [String(times), this.input, this.program]);
    return stdout.trim().split('\n').map(Number);
  }

  async byNode(times: number): Promise<number[]> {
    const taken: number[] = [];
    for (let run = 0; run < times; run += 1) {
      const begunAt = now();
      const child = spawn(this.program, { stdio: ['pipe', 'pipe', 'ignore'] });
      child.stdout.resume();
      child.stdin.end(this.input);
      await once(child, 'close');
      taken.push(now() - begunAt);
    }
    return taken;
  }
}
