import { request } from '../support/player';
import { startServer, type TestServer } from '../support/server';

let plain: TestServer;
let secure: TestServer;
beforeAll(async () => {
  plain = await startServer();
  secure = await startServer({ env: { PUBLIC_URL: 'https://joust.example' } });
});
afterAll(() => Promise.all([plain.close(), secure.close()]));

/** A page, a file, an answer, a refusal, and what is nowhere. */
const EVERYWHERE = ['/', '/api/languages', '/api/me', '/api/docs', '/api/nowhere', '/nowhere', '/livez'];
const get = (server: TestServer, path: string) => request(server.url, 'GET', path);

it.each(EVERYWHERE)('%s tells browsers to do no more than we need', async (path) => {
  for (const server of [plain, secure]) {
    const { headers } = await get(server, path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'self';script-src 'self';style-src-elem 'self'( 'nonce-[^']+')?;style-src-attr 'unsafe-inline';img-src 'self' data:;connect-src 'self';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'$/,
      ),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(), microphone=(), geolocation=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect([...headers.keys()].filter((name) => /^(access-control-|x-powered-by|server$|etag)/.test(name))).toEqual([]);
  }
});

it.each(EVERYWHERE)('%s insists on TLS for a year where there is TLS, and only there', async (path) => {
  expect((await get(secure, path)).headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect((await get(plain, path)).headers.get('strict-transport-security')).toBeNull();
});

it('lets nobody keep what an API answers, tokens above all', async () => {
  const ann = await plain.guest('Ann');
  const answers = [
    await request(plain.url, 'POST', '/api/auth/guest', { name: 'Ann' }),
    await request(plain.url, 'POST', '/api/auth/refresh', undefined, { cookie: ann.cookie }),
    await ann.get('/me'),
    await ann.post('/rooms', {}),
    await get(plain, '/api/me'),
    await get(plain, '/api/nowhere'),
    await ann.post('/auth/logout'),
  ];
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(answers.map(() => 'no-store'));
});
