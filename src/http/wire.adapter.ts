import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { toWire } from '../contract/wire';

/** Every answer leaves with its moments as ISO strings. */
export class WireAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, status?: number): unknown {
    return super.reply(response, toWire(body), status);
  }
}
