import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Express } from 'express';
import { WireAdapter } from '../../src/http/wire.adapter';

const MUCH = 'x'.repeat(64 * 2 ** 20);

describe('a connection', () => {
  let server: Server;
  afterEach(() => new Promise((closed) => server.close(closed)));

  const ask = async (adapter: WireAdapter): Promise<[client: Socket, served: Socket]> => {
    adapter.initHttpServer();
    adapter.getInstance<Express>().get('/', (_, response) => void response.send(MUCH));
    server = adapter.getHttpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [served] = (await once(server, 'connection')) as [Socket];
    client.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    return [client, served];
  };

  it('whose answer nobody reads is cut off', async () => {
    const [client, served] = await ask(new WireAdapter(200));
    client.pause();
    await once(served, 'close');
    expect(client.bytesRead).toBeLessThan(MUCH.length);
    client.destroy();
  });

  it('whose answer is read is served to its end', async () => {
    const [client] = await ask(new WireAdapter());
    let read = 0;
    client.on('data', (piece) => (read += piece.length));
    await once(client, 'close');
    expect(read).toBeGreaterThan(MUCH.length);
  });
});
