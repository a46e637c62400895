import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';

const PAGE = join(__dirname, '..', '..', 'web', 'plain');

/** What the page loads, and where it lies. Nothing else of these packages is served. */
const FOLDERS = {
  '/assets/katex/': join(dirname(require.resolve('katex/package.json')), 'dist'),
  '/assets/socket.io/': join(dirname(require.resolve('socket.io-client/package.json')), 'dist'),
  '/assets/': PAGE,
};

/** Serves the page at `/`, and at a room's own address; the page itself finds out where it is. */
export function servePage(app: NestExpressApplication): void {
  for (const [prefix, folder] of Object.entries(FOLDERS)) app.useStaticAssets(folder, { prefix, index: false });
  const express: Express = app.getHttpAdapter().getInstance();
  express.get(['/', '/r/:code'], (_, response) => {
    response.sendFile(join(PAGE, 'index.html'));
  });
}
