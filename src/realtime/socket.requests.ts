import { Injectable, Logger } from '@nestjs/common';
import type { Socket } from 'socket.io';
import type { ZodType } from 'zod';
import { Sessions } from '../auth/sessions.service';
import type { SeenEvent } from '../contract/events';
import { Refusal } from '../contract/refusals';
import {
  REQUESTS,
  type ClientToServer,
  type RequestBody,
  type RequestName,
  type ServerToClient,
  type SocketAnswer,
} from '../contract/socket';
import type { RoomId } from '../contract/terms';
import { toWire } from '../contract/wire';
import { refusalOf } from '../http/failures.filter';
import { Limits } from '../http/limits';
import { parse } from '../http/shape.pipe';
import { Clock } from '../ports';
import type { UserRow } from '../store/tables/people';
import { Channels } from './channels';
import type { Connection } from './connections';
import { PresenceBoard } from './presence';

export type ClientSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export interface SocketData {
  user: UserRow;
  connection: Connection;
  /** What the socket follows, and how to stop. */
  following: Map<RoomId, () => void>;
}
type Answer = (answer: Record<string, unknown>) => void;
type Handlers = {
  [N in RequestName]: (socket: ClientSocket, body: RequestBody<N>, answer: Answer) => Promise<void> | void;
};

/** What clients may ask over a socket. Every request is answered through its ack, whatever becomes of it. */
@Injectable()
export class SocketRequests {
  private readonly log = new Logger('realtime');

  constructor(
    private readonly channels: Channels,
    private readonly presence: PresenceBoard,
    private readonly sessions: Sessions,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  private readonly handlers: Handlers = {
    'room:watch': (socket, { roomId, after }, answer) => this.watch(socket, roomId, after, answer),
    'room:unwatch': (socket, { roomId }, answer) => {
      socket.data.following.get(roomId)?.();
      answer({});
    },
    'clock:ping': (_, __, answer) => answer({ serverNow: this.clock.now() }),
    'session:renew': async (socket, { token }, answer) => {
      const { userId, sessionId, expiresAt } = await this.sessions.userOf(token);
      const { connection } = socket.data;
      if (userId !== connection.userId) throw new Refusal('auth.forbidden');
      Object.assign(connection, { sessionId, expiresAt });
      answer({});
    },
  };

  /** Any packet of a client. Nothing it can hold throws out of here, and nothing of it is ever sent on. */
  async take(socket: ClientSocket, name: unknown, args: readonly unknown[]): Promise<void> {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as (answer: SocketAnswer) => void) : () => undefined;
    const body = args.length > 1 || typeof last !== 'function' ? args[0] : undefined;
    try {
      await this.limits.spend('socket-message', socket.id);
      if (typeof name !== 'string' || !Object.hasOwn(REQUESTS, name)) throw new Refusal('request.malformed');
      const request = name as RequestName;
      const handle = this.handlers[request] as (
        socket: ClientSocket,
        body: unknown,
        answer: Answer,
      ) => Promise<void> | void;
      await handle(socket, parse(REQUESTS[request].body as ZodType, body), (answer) =>
        ack({ ok: true, ...(toWire(answer) as Record<string, unknown>) }),
      );
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status >= 500 && refusal !== error) this.log.error({ err: error, socket: socket.id }, refusal.code);
      const { code, message, details } = refusal;
      ack({ ok: false, error: { code, message, ...(details !== undefined && { details }) } });
      if (code === 'rate.limited') this.tolerate(socket);
    }
  }

  /** Whoever goes on after many refusals is not listening. */
  private readonly refused = new WeakMap<ClientSocket, number>();
  private tolerate(socket: ClientSocket): void {
    const count = (this.refused.get(socket) ?? 0) + 1;
    this.refused.set(socket, count);
    if (count > 200) socket.disconnect(true);
  }

  private async watch(socket: ClientSocket, roomId: RoomId, after: number | undefined, answer: Answer): Promise<void> {
    const { user, following } = socket.data;
    following.get(roomId)?.();
    let leave: () => void = () => undefined;
    const stop = () => {
      // A later watch of the same room may have taken the place.
      if (following.get(roomId) === stop) following.delete(roomId);
      leave();
    };
    following.set(roomId, stop);
    try {
      const unfollow = await this.channels.follow(
        user,
        roomId,
        after,
        {
          userId: user.id,
          event: (event) => socket.conn.send(packetOf(event)),
          position: (_, seq) => socket.emit('room:seq', { roomId, seq }),
          removed: stop,
        },
        (missed) => answer({ ...missed }),
      );
      const exit = this.presence.enter(roomId, user.id, (presence) => socket.emit('presence', wirePresence(presence)));
      leave = () => {
        unfollow();
        exit();
      };
      // Gone, or asked to stop, while we were reading.
      if (following.get(roomId) !== stop || socket.disconnected) leave();
    } catch (error) {
      stop();
      throw error;
    }
  }
}

/** One event goes to many; as a packet of Socket.IO (protocol 5: type 2) it is made once for all who see the same of it. */
function packetOf(event: SeenEvent): string {
  const packet = packets.get(event) ?? `2${JSON.stringify(['room:event', toWire(event)])}`;
  packets.set(event, packet);
  return packet;
}
const packets = new WeakMap<SeenEvent, string>();

const wirePresence = ({ since, ...presence }: Parameters<Parameters<PresenceBoard['enter']>[2]>[0]) => ({
  ...presence,
  since: new Date(since).toISOString(),
});
