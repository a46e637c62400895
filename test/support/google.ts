import { Browser } from './browser';
import { IdentityProvider, type Plan } from './identity-provider';
import { startServer, type TestServer } from './server';
import { TravelClock } from './travel-clock';

export const PUBLIC_URL = 'https://joust.test';
export const START = '/api/auth/google';
export const CALLBACK = `${PUBLIC_URL}/api/auth/google/callback`;
export const isCallback = (address: string): boolean => address.startsWith(CALLBACK);

/** How a sign-in ended, by the address it ended at. */
export const endingOf = (address: string): string | null => new URL(address).searchParams.get('sign-in');

let subjects = 0;
/** Somebody the provider has not spoken of before. */
export const newSubject = (): string => `subject-${++subjects}`;

/** Who a browser is signed in as; null: nobody. */
export async function meIn(browser: Browser) {
  const { status, body } = await browser.ask('POST', '/auth/refresh');
  return status === 200 ? body.user : null;
}

/** A server where people sign in with Google, or as guests, and what stands for Google. */
export interface WithGoogle {
  readonly server: TestServer;
  readonly provider: IdentityProvider;
  readonly clock: TravelClock;
  browser(): Browser;
  /** Signs somebody new in, unless the plan says whom; says where that ends. */
  signIn(plan: Plan, browser: Browser, start: string): Promise<string>;
  close(): Promise<void>;
}

export async function startWithGoogle(publicUrl = PUBLIC_URL): Promise<WithGoogle> {
  const clock = new TravelClock();
  const provider = await IdentityProvider.start();
  const server = await startServer({
    env: { PUBLIC_URL: publicUrl, GUESTS: 'on' },
    change: (world) => ({ ...world, clock, google: provider.clientOf(publicUrl) }),
  });
  return {
    ...{ server, provider, clock },
    browser: () => new Browser(server.url, publicUrl),
    async signIn(plan, browser, start) {
      await provider.plan({ subject: newSubject(), ...plan });
      return browser.visit(start);
    },
    async close() {
      await server.close();
      await provider.stop();
    },
  };
}
