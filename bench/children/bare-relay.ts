import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/**
 * Socket.IO and Redis and nothing else: what one process is asked to say, all others send to whoever
 * watches that room. Asked to flood, it sends to its own sockets as fast as it can.
 */
async function main(): Promise<void> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = new Server(http, {
    ...{ path: '/ws', transports: ['websocket'], serveClient: false, perMessageDeflate: false },
    ...{ connectTimeout: 8_000, pingInterval: 10_000, pingTimeout: 10_000 },
  });
  const [publisher, subscriber] = [new Redis(process.env['BENCH_REDIS']!), new Redis(process.env['BENCH_REDIS']!)];
  const local = (roomId: string, event: object) => server.local.to(roomId).emit('room:event', event);
  subscriber.on('message', (channel, text) => local(channel, JSON.parse(text) as object));
  server.on('connection', (socket) => {
    socket.on('room:watch', async ({ roomId }: { roomId: string }, answer: (body: object) => void) => {
      await socket.join(roomId);
      await subscriber.subscribe(roomId);
      answer({ ok: true, seq: 1 });
    });
    socket.on('bare:event', (roomId: string) => void publisher.publish(roomId, JSON.stringify(bareEvent(roomId))));
    socket.on('bare:flood', async (rooms: string[], times: number) => {
      for (let turn = 0; turn < times; turn += 1) {
        for (const roomId of rooms) local(roomId, bareEvent(roomId));
        await setImmediate();
      }
    });
  });
  console.log(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
}

const bareEvent = (roomId: string) => ({
  ...{ roomId, seq: 1, at: new Date().toISOString(), type: 'announcement.posted' },
  data: { text: 'Ten minutes left' },
});

process.once('SIGTERM', () => process.exit(0));
void main();
