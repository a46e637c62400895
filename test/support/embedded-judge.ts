import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { prepare } from './prepared';

/** Of no more than these does a test start a judge that is not about languages: to try each takes its time. */
export const FEW_LANGUAGES = ['c', 'cpp', 'python', 'javascript'];

/** A judge's folder with the built sandbox, and the proof that these few work in it. */
export const prepareJudge = (into: string): Promise<void> =>
  prepare({
    ...{ what: 'judge', into, linked: true },
    make: async (dataDir) => {
      await chmod(dataDir, OPEN);
      const judge = await EmbeddedJudge.start({ dataDir, languages: FEW_LANGUAGES });
      await judge.settled();
      await judge.close();
    },
  });

/** As a data folder is, unlike what mkdtemp makes. */
const OPEN = 0o711;

export interface JudgeUnderTest {
  readonly judge: EmbeddedJudge;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
}

/** A judge with a folder of its own. Its languages are tried unless they are the few. */
export async function startJudge(
  slots?: number,
  languages: readonly string[] = FEW_LANGUAGES,
  changes: { readonly compilers?: readonly string[]; readonly bubblewraps?: readonly string[] } = {},
): Promise<JudgeUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'joust-judge-'));
  await chmod(dataDir, OPEN);
  if (languages === FEW_LANGUAGES && Object.keys(changes).length === 0) await prepareJudge(dataDir);
  const judge = await EmbeddedJudge.start({ dataDir, languages, ...changes, ...(slots ? { slots } : {}) });
  await judge.settled();
  const stop = async () => {
    await judge.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { judge, dataDir, stop };
}
