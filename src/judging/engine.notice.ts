import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { newId } from '../new-id';
import { Judge, JudgeQueue } from '../ports';
import { EngineStore, SILENT_MS } from '../store/engine.store';

/** Makes known what the engine of this process can do, again and again while it is at work, and that it leaves. */
@Injectable()
export class EngineNotice implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('judging');
  private readonly id = newId('engine');
  private isLeaving = false;

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
    if (!this.isLeaving) await this.engines.note(this.id, await this.judge.capabilities(), false);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isLeaving = true;
    try {
      await this.engines.leave(this.id);
    } catch (error) {
      // without a database there is nobody to tell, and its silence will do
      this.log.warn({ err: error }, 'Others will learn late that this judge has left');
    }
  }
}
