import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { asyncApi } from './asyncapi';
import { openApi } from './openapi';

const PAGE = '/api/docs';
const PACKAGE = join(__dirname, '../../../package.json');

/**
 * Serves what the contract says of itself: a page and a document for HTTP, a document for the socket.
 * The page keeps to the content policy of all pages: its styles and scripts are files of this server.
 */
export function serveDocs(app: NestExpressApplication, publicUrl: string | undefined): void {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  // The library's type lags behind OpenAPI 3.1; it serves the document as it is.
  SwaggerModule.setup(PAGE, app, openApi(version) as unknown as OpenAPIObject, {
    raw: ['json'],
    customSiteTitle: 'Joust: what one may ask of it',
    // What the page otherwise says in an inline style, which the policy blocks.
    customCssUrl: `${PAGE}/index.css`,
    swaggerOptions: { layout: 'BaseLayout', validatorUrl: null, docExpansion: 'list', tryItOutEnabled: true },
  });
  const events = JSON.stringify(asyncApi(version, publicUrl));
  const router: Express = app.getHttpAdapter().getInstance();
  router.get('/api/asyncapi.json', (_, response) => {
    response.type('application/json').send(events);
  });
}
