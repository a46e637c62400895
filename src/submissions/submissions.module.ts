import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { Backlog } from './backlog';
import { LanguagesController } from './languages.controller';
import { SubmissionsController } from './submissions.controller';
import { SubmissionsService } from './submissions.service';

@Module({
  imports: [RoomsModule],
  controllers: [SubmissionsController, LanguagesController],
  providers: [SubmissionsService, Backlog],
})
export class SubmissionsModule {}
