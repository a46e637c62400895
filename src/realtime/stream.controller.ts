import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { May, Me, MySession, TokenExpiry } from '../auth/user.guard';
import type { SeenEvent } from '../contract/events';
import { EventsQuery } from '../contract/requests';
import type { Instant, RoomId, SessionId } from '../contract/terms';
import { toWire } from '../contract/wire';
import { Limits } from '../http/limits';
import { KnownRoom, parse, Shape } from '../http/shape.pipe';
import type { UserRow } from '../store/tables/people';
import { Channels } from './channels';
import { Connections, type Connection } from './connections';

const MOST_WAITING_BYTES = 1024 * 1024;

/** A room's log as Server-Sent Events, for whoever has no socket. */
@May('room.see')
@Controller('api/rooms/:roomId/stream')
export class StreamController {
  constructor(
    private readonly channels: Channels,
    private readonly connections: Connections,
    private readonly limits: Limits,
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
    this.limits.hold('streams-of-user', user.id, response);
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
          'X-Accel-Buffering': 'no',
        });
        if ('events' in missed) missed.events.forEach(send);
        else response.write(`id: ${missed.seq}\nevent: room:snapshot\ndata: ${JSON.stringify(toWire(missed))}\n\n`);
      },
    );
    // Without a body there is nothing to wait for, and nothing that would send the headers.
    if (request.method === 'HEAD') {
      unfollow();
      response.end();
      return;
    }
    const isStuck = () => response.writableLength > MOST_WAITING_BYTES;
    // Nothing may be written after the end, which is long before the reader has got it.
    const leave = () => {
      this.connections.remove(connection);
      unfollow();
    };
    const connection: Connection = {
      ...{ userId: user.id, role: user.role, sessionId, expiresAt },
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
