import { Controller, Get, Optional } from '@nestjs/common';
import { May } from '../auth/user.guard';
import { Clock, Judge, JudgeQueue, RoomBus } from '../ports';
import { EngineStore, SILENT_MS } from '../store/engine.store';
import { JobStore } from '../store/job.store';

/** How the queue and the judge do, as this process sees it and by the rows. */
@May('submissions.read')
@Controller('api/admin/state')
export class StateController {
  constructor(
    private readonly jobs: JobStore,
    private readonly engines: EngineStore,
    private readonly queue: JudgeQueue,
    private readonly bus: RoomBus,
    private readonly clock: Clock,
    @Optional() private readonly judge?: Judge,
  ) {}

  @Get()
  async state() {
    const [{ jobs, oldestDueAt, givenUp, rejudging }, queue, engines, own] = await Promise.all([
      this.jobs.depths(),
      this.queue.state(),
      this.engines.last(),
      this.judge?.capabilities(),
    ]);
    const now = this.clock.now();
    const oldestAgeSeconds = oldestDueAt === null ? 0 : Math.max(0, now - oldestDueAt) / 1000;
    return {
      queue,
      bus: this.bus.state(),
      owed: { jobs, oldestAgeSeconds, rejudging, deadLetters: givenUp },
      breakerOpen: own ? !own.available : null,
      engines: engines.map(({ id, available, mode, languages, seenAt }) => ({
        ...{ id, available, alive: seenAt > now - SILENT_MS, mode, seenAt },
        languages: languages.map((one) => ({ id: one.id, name: one.name, version: one.version })),
      })),
    };
  }
}
