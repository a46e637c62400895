import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a service that can be cut, and held up. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  /** How often somebody has connected. */
  connections = 0;
  private frozen = false;

  private constructor(
    private readonly server: Server,
    /** The service's address, by this wire. */
    readonly url: string,
  ) {}

  /** @param hear is given all that the service says */
  static async to(url: string, hear: (bytes: Buffer) => void = () => undefined): Promise<Proxy> {
    const target = new URL(url);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const here = new URL(url);
    here.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
    const proxy = new Proxy(server, here.href);
    server.on('connection', (near) => {
      proxy.connections += 1;
      proxy.join(near, connect(Number(target.port || 5672), target.hostname).on('data', hear));
    });
    return proxy;
  }

  /** Ends every connection at once, without a word. New ones are let through. */
  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Takes everything and passes nothing on, for connections there are and to come. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Passes on what was held up, and all that comes. */
  thaw(): void {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.frozen) from.pause();
    }
  }
}
