import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { JudgeWorker } from './judge.worker';
import { LanguagesController } from './languages.controller';
import { ProblemTests } from './problem-tests';
import { Trials } from './trials';

@Module({
  imports: [RoomsModule],
  controllers: [LanguagesController],
  providers: [JudgeWorker, ProblemTests, Trials],
})
export class JudgingModule {}
