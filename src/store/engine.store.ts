import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { Clock, type JudgeCapabilities } from '../ports';
import { EngineRow } from './tables/judging';

/** An engine that has not been heard of for so long is gone. */
export const SILENT_MS = 60_000;
const FORGOTTEN_MS = 24 * 3_600_000;

/** The engines of all processes, as they describe themselves: whoever judges nothing himself looks here. */
@Injectable()
export class EngineStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Makes known what an engine can do; with `isOnly`, that there is no other. */
  async note(id: string, capabilities: JudgeCapabilities, isOnly: boolean): Promise<void> {
    const { available, mode, languages, runsCheckers } = capabilities;
    const seenAt = this.clock.now();
    await this.db.transaction(async (tx) => {
      if (isOnly) await tx.deleteAll(EngineRow);
      else await tx.delete(EngineRow, { seenAt: LessThan(seenAt - FORGOTTEN_MS) });
      await tx.upsert(EngineRow, { id, available, mode, languages, runsCheckers, seenAt }, ['id']);
    });
  }

  /** From now on it is as one that fell silent: not at work, and what it could is of interest only until there is another. */
  async leave(id: string): Promise<void> {
    await this.db.manager.update(EngineRow, { id }, { seenAt: this.clock.now() - SILENT_MS });
  }

  /** Those heard of last: at work now or, where none is, until the last of them fell silent. */
  async last(): Promise<EngineRow[]> {
    return this.db.manager
      .createQueryBuilder(EngineRow, 'engine')
      .where(`engine.seenAt > (SELECT max(seen_at) FROM engines) - ${SILENT_MS}`)
      .orderBy('engine.id')
      .getMany();
  }
}
