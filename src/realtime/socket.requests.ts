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
  type SocketRefusal,
} from '../contract/socket';
import type { RoomId } from '../contract/terms';
import { toWire } from '../contract/wire';
import { may, type Action } from '../core/policy';
import { refusalOf } from '../http/failures.filter';
import { Limits } from '../http/limits';
import { parse } from '../http/shape.pipe';
import { Clock } from '../ports';
import type { UserRow } from '../store/tables/people';
import { Channels } from './channels';
import type { Connection } from './connections';
import { textFrame } from './frame';
import { PresenceBoard } from './presence';

export type ClientSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
interface Packet {
  readonly text: string;
  readonly options: { readonly wsPreEncodedFrame: readonly Buffer[] };
}
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

/** What each request does: core/policy says who may. */
const ACTIONS: Readonly<Record<RequestName, Action>> = {
  'room:watch': 'room.see',
  'room:unwatch': 'room.see',
  'clock:ping': 'health.read',
  'session:renew': 'session.own',
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
      if (!may(ACTIONS[request], socket.data.user)) throw new Refusal('auth.forbidden');
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
      ack({ ok: false, error: socketRefusal(refusal) });
      if (refusal.code === 'rate.limited') this.tolerate(socket);
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
    // Through however many sockets he asks: what he missed is read for him.
    await this.limits.spend('request', user.id);
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
          event: (event) => {
            const { text, options } = packetOf(event);
            socket.conn.send(text, options as object);
          },
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

/** A refusal as it goes over a socket. */
export const socketRefusal = ({ code, message, details, retryAfterSeconds }: Refusal): SocketRefusal['error'] => ({
  ...{ code, message },
  ...(details !== undefined && { details }),
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/** One event goes to many; as a packet of Socket.IO (protocol 5: type 2) it is made once for all who see the same of it. */
function packetOf(event: SeenEvent): Packet {
  const known = packets.get(event);
  if (known) return known;
  const text = `2${JSON.stringify(['room:event', toWire(event)])}`;
  const packet = { text, options: { wsPreEncodedFrame: [textFrame(`4${text}`)] } };
  packets.set(event, packet);
  return packet;
}
const packets = new WeakMap<SeenEvent, Packet>();

const wirePresence = ({ since, ...presence }: Parameters<Parameters<PresenceBoard['enter']>[2]>[0]) => ({
  ...presence,
  since: new Date(since).toISOString(),
});
