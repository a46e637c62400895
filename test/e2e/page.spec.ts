import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

const get = async (path: string) => {
  const response = await fetch(server.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const typeOf = (headers: Headers) => headers.get('content-type')?.split(';')[0];

describe('the page', () => {
  it('is served at the root and at a room, and runs nothing but its own files', async () => {
    for (const path of ['/', '/r/ABCD1234']) {
      const { status, headers, text } = await get(path);
      expect({ status, type: typeOf(headers) }).toEqual({ status: 200, type: 'text/html' });
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(text).not.toMatch(/<script(?![^>]* src="\/)|<style| style=| on\w+=/);
    }
  });

  it('finds everything it loads, and everything that loads in turn', async () => {
    const seen = new Set<string>();
    const waiting = ['/'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, headers, text } = await get(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      if (typeOf(headers) === 'font/woff2') continue;
      const ours = path.startsWith('/assets/socket.io/') ? [] : [...text.matchAll(LOADED)];
      for (const [, given] of ours) waiting.push(new URL(given!, server.url + path).pathname);
    }
    expect([...seen].filter((path) => path.endsWith('.js')).length).toBeGreaterThan(2);
    expect([...seen].some((path) => path.endsWith('.woff2'))).toBe(true);
  });

  it('leaves what is nowhere nowhere', async () => {
    for (const path of ['/api/nothing', '/nothing', '/assets/nothing.js', '/assets/%2e%2e/%2e%2e/package.json']) {
      const { status, text } = await get(path);
      expect({ path, status }).toEqual({ path, status: 404 });
      expect(JSON.parse(text)).toMatchObject({ error: { code: 'request.unknown-path' } });
    }
  });
});

/** What an HTML file, a style sheet or a module names to be loaded. */
const LOADED = /(?:(?:src|href)="|from '|url\()((?:\/assets\/|\.\/|fonts\/)[^"')]+)/g;
