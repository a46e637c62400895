import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AdminModule } from './admin/admin.module';
import { AuthModule } from './auth/auth.module';
import { JudgingModule } from './judging/judging.module';
import { OperationsModule } from './operations/operations.module';
import { ProblemsModule } from './problems/problems.module';
import { RealtimeModule } from './realtime/realtime.module';
import { RoomsModule } from './rooms/rooms.module';
import { SchedulingModule } from './scheduling/scheduling.module';
import { SubmissionsModule } from './submissions/submissions.module';
import { WorldModule, type World } from './world.module';

/**
 * What a process of each role does for browsers and with submissions; the clock's work is for all. A request
 * is held against one route after the other in this order: those of submissions, the busiest, come first.
 */
const WORK = {
  all: [SubmissionsModule, AuthModule, ProblemsModule, RoomsModule, JudgingModule, RealtimeModule, AdminModule],
  api: [SubmissionsModule, AuthModule, ProblemsModule, RoomsModule, RealtimeModule, AdminModule],
  judge: [RoomsModule, JudgingModule],
} as const;

/** The list of features. */
@Module({})
export class AppModule {
  static with(world: World): DynamicModule {
    return {
      module: AppModule,
      imports: [
        WorldModule.with(world),
        ScheduleModule.forRoot(),
        ...WORK[world.config.ROLE],
        SchedulingModule,
        OperationsModule,
      ],
    };
  }
}
