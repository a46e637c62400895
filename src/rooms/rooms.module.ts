import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { JoiningService } from './joining.service';
import { Languages } from './languages';
import { MovesController } from './moves.controller';
import { OpeningService } from './opening.service';
import { RoomService } from './room.service';
import { RoomsController } from './rooms.controller';

@Module({
  imports: [AuthModule],
  controllers: [RoomsController, MovesController],
  providers: [RoomService, OpeningService, JoiningService, Languages],
  exports: [RoomService, Languages],
})
export class RoomsModule {}
