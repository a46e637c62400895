import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { BanSweep } from './ban.sweep';
import { ContestClock } from './contest.clock';
import { JudgeSweep } from './judge.sweep';
import { SessionSweep } from './session.sweep';

@Module({ imports: [RoomsModule], providers: [ContestClock, JudgeSweep, BanSweep, SessionSweep] })
export class SchedulingModule {}
