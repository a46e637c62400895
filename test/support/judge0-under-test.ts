import { Judge0Judge } from '../../src/adapters/judge0/judge0.judge';
import { startJudge, type JudgeUnderTest } from './embedded-judge';
import { eventually } from './eventually';
import { FakeJudge0 } from './fake-judge0';
import { simpleJob } from './judge-programs';

export const PATIENCE_MS = 400;
const ECHO = 'import sys\nsys.stdout.write(sys.stdin.read())\n';
export const echoed = (input: string) => ({ input, accepts: (output: string) => output === input });
export const echoes = simpleJob('python', ECHO, { tests: ['1', '2', '3'].map(echoed), stopEarly: true });
type Options = Parameters<typeof Judge0Judge.start>[0];

/** For every test a fake Judge0 of its own, and a client of it once it is started. */
export class Judge0UnderTest {
  fake!: FakeJudge0;
  judge!: Judge0Judge;
  private engine!: JudgeUnderTest;
  private isUp = false;

  constructor() {
    beforeAll(async () => {
      this.engine = await startJudge();
    });
    afterAll(() => this.engine.stop());
    beforeEach(() => this.comes());
    afterEach(async () => {
      this.fake.heal();
      await this.judge.close();
      await this.goes();
    });
  }

  async start(options: Partial<Options> = {}): Promise<void> {
    this.judge = await Judge0Judge.start({ url: this.fake.url, patienceMs: PATIENCE_MS, ...options });
  }
  /** Judge0 is stopped. */
  async goes(): Promise<void> {
    if (this.isUp) await this.fake.close();
    this.isUp = false;
  }
  /** A new Judge0, which knows nothing of what the last one was told. */
  async comes(port = 0): Promise<void> {
    this.fake = await FakeJudge0.start(this.engine.judge, port);
    this.isUp = true;
  }

  readonly isAvailable = async () => (await this.judge.capabilities()).available;
  readonly healed = () => eventually('Judge0 is available again', this.isAvailable);
  /** What an operator should look into. */
  async complaints(): Promise<string> {
    const { findings } = await this.judge.capabilities();
    return findings.flatMap(({ ok, says }) => (ok ? [] : says)).join('\n');
  }
}
