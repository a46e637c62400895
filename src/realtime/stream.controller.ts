import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { Me, MySession, TokenExpiry } from '../auth/user.guard';
import type { SeenEvent } from '../contract/events';
import { EventsQuery } from '../contract/requests';
import type { Instant, RoomId, SessionId } from '../contract/terms';
import { toWire } from '../contract/wire';
import { KnownRoom, parse, Shape } from '../http/shape.pipe';
import type { UserRow } from '../store/tables/people';
import { Channels } from './channels';
import { Connections, type Connection } from './connections';

const MOST_WAITING_BYTES = 1024 * 1024;

/** A room's log as Server-Sent Events, for whoever has no socket. */
@Controller('api/rooms/:roomId/stream')
export class StreamController {
  constructor(
    private readonly channels: Channels,
    private readonly connections: Connections,
  ) {}

  @Get()
  async stream(
    @Me() user: UserRow,
    @MySession() sessionId: SessionId,
    @TokenExpiry() expiresAt: Instant,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Query(new Shape(EventsQuery)) query: z.infer<typeof EventsQuery>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { after } = parse(EventsQuery, { after: request.headers['last-event-id'] ?? query.after });
    const send = (event: SeenEvent) =>
      response.write(`id: ${event.seq}\nevent: room:event\ndata: ${JSON.stringify(toWire(event))}\n\n`);
    const say = (name: string, body: object) => response.write(`event: ${name}\ndata: ${JSON.stringify(body)}\n\n`);
    const unfollow = await this.channels.follow(
      user,
      roomId,
      after,
      {
        userId: user.id,
        event: send,
        position: (_, seq) => say('room:seq', { roomId, seq }),
        removed: () => response.end(),
      },
      (missed) => {
        response.writeHead(200, {
          'Content-Type': 'text/event-stream',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        });
        if ('events' in missed) missed.events.forEach(send);
        else response.write(`id: ${missed.seq}\nevent: room:snapshot\ndata: ${JSON.stringify(toWire(missed))}\n\n`);
      },
    );
    const isStuck = () => response.writableLength > MOST_WAITING_BYTES;
    // Nothing may be written after the end, which is long before the reader has got it.
    const leave = () => {
      this.connections.remove(connection);
      unfollow();
    };
    const connection: Connection = {
      ...{ userId: user.id, sessionId, expiresAt },
      get isStuck() {
        return isStuck();
      },
      expiring: (at) => say('session:expiring', { expiresAt: new Date(at).toISOString() }),
      end: (code) => {
        leave();
        if (code !== null) say('session:ended', { code });
        if (isStuck()) response.destroy();
        else response.end();
      },
    };
    this.connections.add(connection);
    response.on('close', leave);
    // Gone while we were reading.
    if (response.closed) leave();
  }
}
