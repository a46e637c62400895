import type { OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { WebSocketGateway, type OnGatewayInit } from '@nestjs/websockets';
import type { Server } from 'socket.io';
import { Sessions } from '../auth/sessions.service';
import type { ClientToServer, ServerToClient } from '../contract/socket';
import { addressOf } from '../http/address';
import { refusalOf } from '../http/failures.filter';
import { Limits } from '../http/limits';
import { RoomBus, type PersonalNotice } from '../ports';
import { Connections, type Connection } from './connections';
import { socketRefusal, SocketRequests, type ClientSocket, type SocketData } from './socket.requests';

type RoomServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** What may wait for a client who does not read. */
const MOST_WAITING = { packets: 2_000, bytes: 1024 * 1024 } as const;
/** Where it waits: packets for the transport, and then bytes for the network. */
interface Waiting {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } };
}

/**
 * The door for sockets. Nobody is connected before his token has been checked; from then on sockets
 * listen, and what they ask is taken by {@link SocketRequests}.
 */
@WebSocketGateway()
export class RoomGateway implements OnGatewayInit<RoomServer>, OnModuleDestroy {
  private server: RoomServer | null = null;

  constructor(
    private readonly sessions: Sessions,
    private readonly connections: Connections,
    private readonly requests: SocketRequests,
    private readonly limits: Limits,
    private readonly bus: RoomBus,
    private readonly http: HttpAdapterHost,
  ) {}

  afterInit(server: RoomServer): void {
    this.server = server;
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => {
          const { message, ...data } = socketRefusal(refusalOf(error));
          next(Object.assign(new Error(message), { data }));
        },
      );
    });
    server.on('connection', (socket) => this.connected(socket));
  }

  /** Clients are told first; whatever they do next, they do elsewhere or later. */
  onModuleDestroy(): void {
    this.server?.local.emit('server:restarting', {});
    this.connections.endAll();
  }

  private async admit(socket: ClientSocket): Promise<void> {
    await this.limits.spend('socket-connect', addressOf(this.http.httpAdapter.getInstance(), socket.request));
    const { token } = socket.handshake.auth as { token?: unknown };
    const { user, sessionId, expiresAt } = await this.sessions.userOf(typeof token === 'string' ? token : undefined);
    this.limits.hold('sockets-of-user', user.id, socket.request.socket);
    socket.data = {
      user,
      following: new Map(),
      connection: connectionOf(socket, { userId: user.id, role: user.role, sessionId, expiresAt }),
    };
  }

  private connected(socket: ClientSocket): void {
    const { user, connection, following } = socket.data;
    this.connections.add(connection);
    const listening = this.bus.listen(user.id, (notice) => tell(socket, notice));
    socket.onAny((name: unknown, ...args: unknown[]) => void this.requests.take(socket, name, args));
    // A client may send an event of this name, and without a listener it would end the process.
    socket.on('error' as never, () => undefined);
    socket.on('disconnect', () => {
      this.connections.remove(connection);
      for (const stop of [...following.values()]) stop();
      void listening.then((stop) => stop());
    });
  }
}

function connectionOf(
  socket: ClientSocket,
  who: Pick<Connection, 'userId' | 'role' | 'sessionId' | 'expiresAt'>,
): Connection {
  const isStuck = () => {
    const { writeBuffer, transport } = socket.conn as unknown as Waiting;
    return writeBuffer.length > MOST_WAITING.packets || (transport.socket?.bufferedAmount ?? 0) > MOST_WAITING.bytes;
  };
  return {
    ...who,
    get isStuck() {
      return isStuck();
    },
    expiring: (expiresAt) => socket.emit('session:expiring', { expiresAt: new Date(expiresAt).toISOString() }),
    end: (code) => {
      if (code !== null) socket.emit('session:ended', { code });
      // What waits for somebody who does not read is thrown away: he would be waited for. Whoever may come
      // back is not told to stay away: his client connects again by itself.
      if (code === null || isStuck()) socket.conn.close(isStuck());
      else socket.disconnect(true);
    },
  };
}

function tell(socket: ClientSocket, notice: PersonalNotice): void {
  if (notice.name === 'trial:done') {
    socket.emit('trial:done', notice.trial as never);
    return;
  }
  const { name, ...progress } = notice;
  socket.emit(name, progress);
}
