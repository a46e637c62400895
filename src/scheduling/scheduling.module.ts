import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { ContestClock } from './contest.clock';
import { JudgeSweep } from './judge.sweep';

@Module({ imports: [RoomsModule], providers: [ContestClock, JudgeSweep] })
export class SchedulingModule {}
