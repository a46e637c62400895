import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** Socket.IO with the options of the real server and nothing else: it acknowledges a watch and sends an event when asked. */
async function main(): Promise<void> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = new Server(http, {
    ...{ path: '/ws', transports: ['websocket'], serveClient: false, perMessageDeflate: false },
    ...{ connectTimeout: 8_000, pingInterval: 10_000, pingTimeout: 10_000 },
  });
  server.on('connection', (socket) => {
    socket.on('room:watch', (_: unknown, answer: (body: object) => void) => answer({ ok: true, seq: 1 }));
    socket.on('bare:event', () =>
      socket.emit('room:event', { seq: 1, at: new Date().toISOString(), type: 'bare', data: {} }),
    );
  });
  console.log(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
}

process.once('SIGTERM', () => process.exit(0));
void main();
