import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import { Sessions } from '../auth/sessions.service';
import { MAX_BYTES } from '../contract/terms';
import { isOwnOrigin } from '../http/origin';
import { shareSessionEnds } from './session-ends';

/** How sockets reach us: websocket alone, so that no session has to stick to a process, and never from another site's page. */
export class SocketAdapter extends IoAdapter {
  constructor(
    private readonly app: INestApplication,
    private readonly publicUrl: string | undefined,
    /** How servers reach each other, where there are several. */
    private readonly control: ServerOptions['adapter'] | null,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const own: Partial<ServerOptions> = {
      path: '/ws',
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_BYTES.socketMessage,
      perMessageDeflate: false,
      connectTimeout: 8_000,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      allowRequest: ({ headers }, answer) => answer(null, isOwnOrigin(this.publicUrl, headers.origin, headers.host)),
    };
    const server = super.createIOServer(port, { ...options, ...own }) as Server;
    if (this.control) {
      server.adapter(this.control);
      shareSessionEnds(server, this.app.get(Sessions));
    }
    return server;
  }
}
