import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { Backlog } from './backlog';
import { Languages } from './languages';
import { LanguagesController } from './languages.controller';
import { SubmissionsController } from './submissions.controller';
import { SubmissionsService } from './submissions.service';

@Module({
  imports: [RoomsModule],
  controllers: [SubmissionsController, LanguagesController],
  providers: [SubmissionsService, Backlog, Languages],
})
export class SubmissionsModule {}
