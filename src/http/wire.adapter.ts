import { createServer, type ServerOptions } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Response } from 'express';
import { toWire } from '../contract/wire';

/** How long a request may take to come in: its head, and all of it. Whoever is slower is cut off within a second. */
const SLOWEST: ServerOptions = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };
/** For how long nothing may move on a connection: an answer that nobody reads ends with it. */
const STILL_MS = 60_000;

/** Nobody keeps a connection busy by being slow, and every answer leaves with its moments as ISO strings. */
export class WireAdapter extends ExpressAdapter {
  constructor(private readonly stillMs = STILL_MS) {
    super();
  }

  override initHttpServer(): void {
    const server = createServer(SLOWEST, this.getInstance<Express>());
    server.setTimeout(this.stillMs);
    this.httpServer = server;
  }

  override reply(response: Response, body: unknown, status?: number): unknown {
    return super.reply(response, toWire(body), status);
  }
}
