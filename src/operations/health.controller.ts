import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Open } from '../auth/user.guard';
import { Judge } from '../ports';
import { ping } from '../store/database';

const PATIENCE_MS = 900;

/** Whether this process lives, and whether it can do its work. A judge that is missing delays verdicts; it makes nobody dead. */
@Open()
@Controller()
export class HealthController {
  constructor(
    private readonly db: DataSource,
    private readonly judge: Judge,
  ) {}

  @Get('livez')
  @HttpCode(200)
  live() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response) {
    const [database, { available, mode }] = await Promise.all([this.databaseAnswers(), this.judge.capabilities()]);
    if (!database) response.status(503).setHeader('Retry-After', '2');
    return {
      status: !database ? 'unavailable' : available ? 'ok' : 'degraded',
      database: database ? 'ok' : 'does not answer',
      judge: { available, mode },
    };
  }

  private async databaseAnswers(): Promise<boolean> {
    const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
    const answer = ping(this.db).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, tooLate]);
  }
}
