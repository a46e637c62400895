import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { May } from '../auth/user.guard';
import { Health, statusCodeOf } from './health';

/** Whether this process lives, and whether it can do its work. */
@May('health.read')
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('livez')
  live() {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response) {
    const report = await this.health.look();
    response.status(statusCodeOf(report));
    if (response.statusCode === 503) response.setHeader('Retry-After', '2');
    return report;
  }
}
