import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import WebSocket, { WebSocketServer } from 'ws';
import { textFrame } from '../../src/realtime/frame';

describe('a text frame made once', () => {
  const texts = ['', 'a', 'ä€😀', ...[125, 126, 65_535, 65_536].map((length) => 'x'.repeat(length)), '€'.repeat(42)];

  test.each(texts.map((text) => [Buffer.byteLength(text), text]))('of %i bytes is read as it was', async (_, text) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, stream: Duplex, head) =>
      sockets.handleUpgrade(request, stream, head, () => void stream.write(textFrame(text))),
    );
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [message, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
    expect([message.toString(), isBinary]).toEqual([text, false]);
    client.terminate();
    server.close();
  });
});
