import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { ContestClock } from './contest.clock';
import { JudgeSweep } from './judge.sweep';
import { SessionSweep } from './session.sweep';

@Module({ imports: [RoomsModule], providers: [ContestClock, JudgeSweep, SessionSweep] })
export class SchedulingModule {}
