import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { EngineNotice } from './engine.notice';
import { JudgeWorker } from './judge.worker';
import { ProblemTests } from './problem-tests';
import { Trials } from './trials';

/** For processes that judge. */
@Module({ imports: [RoomsModule], providers: [EngineNotice, JudgeWorker, ProblemTests, Trials] })
export class JudgingModule {}
