import { Module } from '@nestjs/common';
import { RoomsModule } from '../rooms/rooms.module';
import { Backlog } from './backlog';
import { SubmissionsController } from './submissions.controller';
import { SubmissionsService } from './submissions.service';

@Module({ imports: [RoomsModule], controllers: [SubmissionsController], providers: [SubmissionsService, Backlog] })
export class SubmissionsModule {}
