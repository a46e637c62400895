import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { ServerOptions } from 'socket.io';
import { MAX_BYTES } from '../contract/terms';
import { isOwnOrigin } from '../http/origin';

/** How sockets reach us: websocket alone, so that no session has to stick to a process, and never from another site's page. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplication,
    private readonly publicUrl: string | undefined,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): unknown {
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
    return super.createIOServer(port, { ...options, ...own });
  }
}
