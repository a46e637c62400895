import { Browser } from '../support/browser';
import { CALLBACK, endingOf, isCallback, PUBLIC_URL, START } from '../support/google';
import { IdentityProvider } from '../support/identity-provider';
import { request } from '../support/player';
import { expectRefused } from '../support/rooms';
import { startServer } from '../support/server';
import { talkativeServer } from '../support/talkative-server';

describe('where Google is not set up', () => {
  it('nobody is sent there, and guests are welcome', async () => {
    const plain = await startServer();
    try {
      expect((await request(plain.url, 'GET', '/api/auth/providers')).body).toEqual({ google: false, guests: true });
      await expectRefused(request(plain.url, 'GET', START), 'auth.forbidden');
      expect(await new Browser(plain.url, PUBLIC_URL).visit(`${CALLBACK}?code=x`)).toBe(
        `${PUBLIC_URL}/?sign-in=failed`,
      );
    } finally {
      await plain.close();
    }
  });
});

describe('while Google', () => {
  /** A server of its own each: one that has met an outage is wary of the next. */
  async function at<T>(run: (browser: Browser, provider: IdentityProvider) => Promise<T>): Promise<T> {
    const troubled = await IdentityProvider.start();
    const google = troubled.clientOf(PUBLIC_URL);
    const own = await startServer({
      env: { PUBLIC_URL },
      change: (world) => ({ ...world, google }),
    });
    try {
      return await run(new Browser(own.url, PUBLIC_URL), troubled);
    } finally {
      await own.close();
      await troubled.stop();
    }
  }
  const timed = async (work: () => Promise<string>) => {
    const began = performance.now();
    return { ending: endingOf(await work()), ms: performance.now() - began };
  };

  it('does not answer, nobody waits longer than five seconds, and soon nobody waits at all', () =>
    at(async (browser, troubled) => {
      const comeBack = async () => {
        troubled.thaw();
        const callback = await browser.visit(START, isCallback);
        troubled.freeze();
        return timed(() => browser.visit(callback));
      };
      const first = await comeBack();
      expect(first).toEqual({ ending: 'unavailable', ms: expect.any(Number) });
      expect(first.ms).toBeLessThan(6_000);
      troubled.thaw();
      const callback = await browser.visit(START, isCallback);
      troubled.kill();
      for (let n = 0; n < 4; n += 1) {
        const kept = new Map(browser.cookies);
        expect((await timed(() => browser.visit(callback))).ending).toBe('unavailable');
        kept.forEach((value, name) => browser.cookies.set(name, value));
      }
      const last = await timed(() => browser.visit(callback));
      expect(last.ending).toBe('unavailable');
      expect(last.ms).toBeLessThan(1_000);
    }));
});

describe('no token', () => {
  it('is in any address, nor in the log of a server that tells everything', async () => {
    const own = await IdentityProvider.start();
    const { url, stop } = await talkativeServer(own.clientOf(PUBLIC_URL), PUBLIC_URL);
    try {
      const browser = new Browser(url, PUBLIC_URL);
      const callback = await browser.visit(START, isCallback);
      expect(endingOf(await browser.visit(callback))).toBe('done');
      const [refresh] = browser.cookies.values();
      const { body } = await browser.ask('POST', '/auth/refresh');
      await own.plan({ tokens: { statusCode: 400, body: { error: 'invalid_grant' } } });
      expect(endingOf(await browser.visit(START))).toBe('failed');
      const theirs = await own.plan({});
      expect(theirs.length).toBeGreaterThanOrEqual(3);
      const secrets = [...theirs, refresh!, ...browser.cookies.values(), body.accessToken];
      const code = new URL(callback).searchParams.get('code')!;
      const said = await stop();
      expect(said).toContain('/api/auth/google/callback');
      for (const one of secrets) expect(browser.visited.join('\n')).not.toContain(one);
      for (const one of [...secrets, code, 'a secret between two servers', 'ann@mail.test'])
        expect(said).not.toContain(one);
    } finally {
      await stop();
      await own.stop();
    }
  });
});
