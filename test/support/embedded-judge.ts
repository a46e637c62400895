import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';

export interface JudgeUnderTest {
  readonly judge: EmbeddedJudge;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
}

/** A judge with a folder of its own. */
export async function startJudge(slots?: number): Promise<JudgeUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'joust-judge-'));
  await chmod(dataDir, 0o711); // as a data folder is, unlike what mkdtemp makes
  const judge = await EmbeddedJudge.start({ dataDir, ...(slots ? { slots } : {}) });
  const stop = async () => {
    await judge.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { judge, dataDir, stop };
}
