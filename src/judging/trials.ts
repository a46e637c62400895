import { Injectable } from '@nestjs/common';
import { RoomBus } from '../ports';
import type { Job } from '../store/claims';
import { JobStore, type Judgement } from '../store/job.store';
import { testsOf } from './attempt';
import { ProblemTests } from './problem-tests';

/** Keeps the results of trials, and tells their authors. */
@Injectable()
export class Trials {
  constructor(
    private readonly jobs: JobStore,
    private readonly problems: ProblemTests,
    private readonly bus: RoomBus,
  ) {}

  async finish(job: Job, judgement: Judgement): Promise<void> {
    const judged = await this.problems.of(job);
    const cases = testsOf(job, judged);
    // with a checker of its own others may be right too, or none without a talk
    const isAnswerExpected = !('source' in judged.checker);
    const tests = judgement.tests.map(({ index, verdict, cpuMs, memoryKiB, stdout = '', stderr = '' }) => ({
      ...{ index, sample: job.input === null, verdict, cpuMs: Math.round(cpuMs), memoryKiB },
      ...{
        input: cases[index]!.input,
        expected: isAnswerExpected ? cases[index]!.answer : null,
        output: stdout,
        stderr,
      },
    }));
    if (!(await this.jobs.finishTrial(job, judgement, tests))) return;
    const { id: trialId, roomId, label: problem, language } = job;
    const { verdict, compileOutput } = judgement;
    this.bus.tell(job.userId, {
      name: 'trial:done',
      trial: { trialId, roomId, problem, language, verdict, compileOutput, tests },
    });
  }
}
