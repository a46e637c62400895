import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { PAGES } from '../../src/contract/pages';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const get = async (path: string) => {
  const response = await fetch(server.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const typeOf = (headers: Headers) => headers.get('content-type')?.split(';')[0];
const nonceIn = (text: string) => /'nonce-([^']+)'/.exec(text)?.[1];

/** The very bytes that travel: fetch would unpack them. */
const bytesOf = (path: string, accepts: string) =>
  new Promise<{ headers: IncomingMessage['headers']; bytes: Buffer }>((resolve, reject) => {
    httpGet(server.url + path, { headers: { 'accept-encoding': accepts } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(pieces) }));
    }).on('error', reject);
  });

describe('the page', () => {
  it('is the same at every address of the app, and runs nothing but its own files', async () => {
    for (const path of PAGES.map((page) => page.replace(/:\w+/g, 'something'))) {
      const { status, headers, text } = await get(path);
      expect({ path, status, type: typeOf(headers) }).toEqual({ path, status: 200, type: 'text/html' });
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(text).not.toMatch(/<script(?![^>]* src="\/)|<style| style=| on\w+=/);
    }
  });

  it('says to each reader which style elements are its own, and to no two the same', async () => {
    const nonces = [];
    for (let time = 0; time < 2; time += 1) {
      const { headers, text } = await get('/');
      const nonce = nonceIn(headers.get('content-security-policy')!)!;
      expect(nonce).toMatch(/^[\w+/]{22}==$/);
      expect(text).toContain(`nonce="${nonce}"`);
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('finds everything it loads, and everything that loads in turn', async () => {
    const seen = new Set<string>();
    const waiting = ['/'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, headers, text } = await get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      if (path !== '/') expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      if (!/\.(js|css)$|^\/$/.test(path)) continue;
      for (const [, given] of text.matchAll(LOADED))
        waiting.push(new URL(given!.replace(/^assets/, '/assets'), server.url + path).pathname);
    }
    expect([...seen].filter((path) => path.endsWith('.js')).length).toBeGreaterThan(15);
    expect([...seen].some((path) => path.endsWith('.woff2'))).toBe(true);
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ])('hands out its files to whoever reads %s as small as can be', async (accepts, encoding, unpack) => {
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec((await get('/')).text)!;
    const { text } = await get(script!);
    const { headers, bytes } = await bytesOf(script!, accepts);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('Accept-Encoding');
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(unpack(bytes).toString()).toBe(text);
    if (encoding) expect(bytes.length).toBeLessThan(text.length / 2);
  });

  it('leaves what is nowhere nowhere', async () => {
    for (const path of ['/api/nothing', '/nothing', '/assets/nothing.js', '/assets/%2e%2e/%2e%2e/package.json']) {
      const { status, text } = await get(path);
      expect({ path, status }).toEqual({ path, status: 404 });
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'request.unknown-path' } });
    }
  });
});

/** What the page, a style sheet or a module names to be loaded. */
const LOADED = /(?:(?:src|href)="|from ?["'`]|import\(["'`]|url\(["']?|[[,]["'`])((?:\/?assets\/|\.\/)[^"'`)]+)/g;
