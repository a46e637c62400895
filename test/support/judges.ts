import { Judge0Judge } from '../../src/adapters/judge0/judge0.judge';
import type { Judge } from '../../src/ports';
import { startJudge } from './embedded-judge';
import { FakeJudge0 } from './fake-judge0';

export interface StartedJudge {
  readonly judge: Judge;
  stop(): Promise<void>;
}
interface Implementation {
  readonly name: string;
  /** Whether it knows, to the millisecond, what it measures. */
  readonly precise: boolean;
  readonly start: (slots?: number) => Promise<StartedJudge>;
}

/** A Judge0 that runs its programs on our own engine, and the client of it. */
export interface Judge0UnderTest extends StartedJudge {
  readonly judge: Judge0Judge;
  readonly fake: FakeJudge0;
}

export async function startJudge0(
  options: Omit<Parameters<typeof Judge0Judge.start>[0], 'url'> = {},
  prepare: (fake: FakeJudge0) => void = () => undefined,
): Promise<Judge0UnderTest> {
  const engine = await startJudge();
  const fake = await FakeJudge0.start(engine.judge);
  prepare(fake);
  const judge = await Judge0Judge.start({ ...options, url: fake.url });
  const stop = async () => {
    await judge.close();
    await engine.stop();
    await fake.close();
  };
  return { judge, fake, stop };
}

const real = process.env['JUDGE0_TEST_URL'];
const realToken = process.env['JUDGE0_TEST_TOKEN'];

/** A Judge0 of somebody's own, where its address is given: what it runs takes its time. */
const REAL: readonly Implementation[] = real
  ? [
      {
        name: `Judge0Judge on ${real}`,
        precise: false,
        start: async (slots) => {
          const access = { url: real, ...(realToken !== undefined && { authToken: realToken }) };
          const judge = await Judge0Judge.start({ ...access, ...(slots !== undefined && { slots }) });
          return { judge, stop: () => judge.close() };
        },
      },
    ]
  : [];

/** Every implementation of the port, each new and of its own for each suite. */
export const JUDGES: readonly Implementation[] = [
  { name: 'EmbeddedJudge', precise: true, start: startJudge },
  { name: 'Judge0Judge', precise: false, start: (slots) => startJudge0(slots === undefined ? {} : { slots }) },
  ...REAL,
];
