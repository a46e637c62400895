import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { Bans } from './bans.service';
import { JoiningService } from './joining.service';
import { Languages } from './languages';
import { MovesController } from './moves.controller';
import { OpeningService } from './opening.service';
import { RoomService } from './room.service';
import { RoomsController } from './rooms.controller';

@Module({
  imports: [AuthModule],
  controllers: [RoomsController, MovesController],
  providers: [RoomService, Bans, OpeningService, JoiningService, Languages],
  exports: [RoomService, Bans, Languages],
})
export class RoomsModule {}
