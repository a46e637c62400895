import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { DeadLetters } from '../dead-letters/dead-letters.service';
import { RoomsModule } from '../rooms/rooms.module';
import { AnalyticsStore } from '../store/analytics.store';
import { DeadLetterStore } from '../store/dead-letter.store';
import { ProblemEditingStore } from '../store/problem-editing.store';
import { RejudgeStore } from '../store/rejudge.store';
import { RoomListStore } from '../store/room-list.store';
import { SubmissionListStore } from '../store/submission-list.store';
import { UserListStore } from '../store/user-list.store';
import { DeadLettersController } from './dead-letters.controller';
import { ProblemEditing } from './problem-editing.service';
import { AdminProblemsController } from './problems.controller';
import { RecordsController } from './records.controller';
import { RejudgesController } from './rejudges.controller';
import { Rejudges } from './rejudges.service';
import { RoomOperations } from './room-operations';
import { AdminRoomsController } from './rooms.controller';
import { Selections } from './selections.service';
import { SignOuts } from './sign-outs.service';
import { StateController } from './state.controller';
import { AdminSubmissionsController } from './submissions.controller';
import { TestEditing } from './test-editing.service';
import { TestsController } from './tests.controller';
import { UsersController } from './users.controller';

/** For our own staff. */
@Module({
  imports: [AuthModule, RoomsModule],
  controllers: [
    ...[UsersController, AdminRoomsController, AdminSubmissionsController, RejudgesController, DeadLettersController],
    ...[StateController, AdminProblemsController, TestsController, RecordsController],
  ],
  providers: [
    ...[UserListStore, RoomListStore, SubmissionListStore, RejudgeStore, DeadLetterStore, ProblemEditingStore],
    ...[AnalyticsStore, DeadLetters, SignOuts, RoomOperations, Selections, Rejudges, ProblemEditing, TestEditing],
  ],
})
export class AdminModule {}
