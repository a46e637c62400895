import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../metrics';
import { Figures } from './figures';
import { Health, statusCodeOf } from './health';

type Answer = { readonly status: number; readonly type: string; readonly body: string };

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

/** A port for whoever runs this, and nobody else: no sign-in, and to be reached from within only. It is open until the very end. */
@Injectable()
export class OperationsServer {
  private readonly log = new Logger('operations');
  private readonly server = createServer((request, response) => {
    this.answer(request.url).then(
      ({ status, type, body }) => send(response, status, type, body),
      (error: unknown) => {
        this.log.error({ err: error }, 'An operator got no answer');
        send(response, 500, 'text/plain', '');
      },
    );
  });

  constructor(
    private readonly health: Health,
    private readonly figures: Figures,
    private readonly metrics: Metrics,
  ) {}

  /** Its address. */
  async listen(port: number, host: string): Promise<string> {
    this.metrics.watchProcess();
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const { address, port: taken, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(path: string | undefined): Promise<Answer> {
    if (path === '/livez') return json(200, { status: 'ok' });
    if (path === '/metrics')
      return { status: 200, type: this.metrics.registry.contentType, body: await this.figures.exposition() };
    if (path !== '/readyz') return json(404, { error: 'There are /livez, /readyz and /metrics.' });
    const report = await this.health.look();
    return json(statusCodeOf(report), report);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
}
