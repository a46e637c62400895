import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Bans } from '../rooms/bans.service';

const SWEEP_MS = 2_000;

/** Makes sure of bans: somebody may have taken a seat while a process had not heard of his, or a process may have died over it. */
@Injectable()
export class BanSweep {
  constructor(private readonly bans: Bans) {}

  @Interval(SWEEP_MS)
  async sweep(): Promise<void> {
    await this.bans.enforce();
  }
}
