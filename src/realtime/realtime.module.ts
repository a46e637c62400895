import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { Channels } from './channels';
import { Connections } from './connections';
import { PresenceBoard } from './presence';
import { RoomGateway } from './room.gateway';
import { SocketRequests } from './socket.requests';
import { StreamController } from './stream.controller';

@Module({
  imports: [AuthModule],
  controllers: [StreamController],
  providers: [RoomGateway, Channels, Connections, PresenceBoard, SocketRequests],
})
export class RealtimeModule {}
