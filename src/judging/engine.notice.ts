import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { newId } from '../new-id';
import { Judge, JudgeQueue } from '../ports';
import { EngineStore, SILENT_MS } from '../store/engine.store';

/** Makes known what the engine of this process can do, again and again while it is at work. */
@Injectable()
export class EngineNotice implements OnApplicationBootstrap {
  private readonly log = new Logger('judging');
  private readonly id = newId('engine');

  constructor(
    private readonly engines: EngineStore,
    private readonly judge: Judge,
    private readonly queue: JudgeQueue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const capabilities = await this.judge.capabilities();
    const lacks = capabilities.findings.filter(({ ok }) => !ok).map(({ says }) => says);
    if (!capabilities.available) this.log.warn({ lacks }, 'Nothing can be judged here: submissions wait');
    await this.engines.note(this.id, capabilities, this.queue.isOnlyOurs);
  }

  @Interval(SILENT_MS / 4)
  async renew(): Promise<void> {
    await this.engines.note(this.id, await this.judge.capabilities(), false);
  }
}
