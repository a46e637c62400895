import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, RequestHandler } from 'express';
import { PAGES } from '../contract/pages';
import { nonceOf, withNonce } from './content-policy';

/** The browser app as its build left it; the same place for the sources and for what is compiled of them. */
const APP = join(__dirname, '..', '..', 'web', 'dist');
const NONCE = /__NONCE__/g;
/** What the build has packed beside the files themselves, the best first. */
const PACKINGS = { br: '.br', gzip: '.gz' } as const;

/** Beside the app and not of it: it stands on every screen, and nothing takes it away. */
const WARNING = `<p class="warning" role="note">Programs run without isolation here: for trying things out alone, with programs you trust.</p>`;

/**
 * Serves the browser app: one page for all its addresses, and files whose names change with their content.
 * `unsafe`: with a warning at its head.
 */
export function servePage(app: NestExpressApplication, unsafe: boolean): void {
  const built = readFileSync(join(APP, 'index.html'), 'utf8');
  const index = unsafe ? built.replace('<body>', `<body>${WARNING}`) : built;
  const express: Express = app.getHttpAdapter().getInstance();
  express.use('/assets', packed(new Set(readdirSync(join(APP, 'assets')))));
  app.useStaticAssets(join(APP, 'assets'), { prefix: '/assets/', index: false, immutable: true, maxAge: '1y' });
  express.get([...PAGES], withNonce(), (_, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(index.replace(NONCE, nonceOf(response)));
  });
}

/** Hands out a file as small as the browser can read it. */
const packed =
  (files: ReadonlySet<string>): RequestHandler =>
  (request, response, next) => {
    const name = request.path.slice(1);
    response.vary('Accept-Encoding');
    const packing = (['br', 'gzip'] as const).find(
      (one) => files.has(name + PACKINGS[one]) && request.acceptsEncodings(one),
    );
    if (packing) {
      response.setHeader('Content-Encoding', packing);
      response.type(extname(name));
      request.url = `/${name}${PACKINGS[packing]}`;
    }
    next();
  };
