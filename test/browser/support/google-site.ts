import type { Browser } from 'playwright-core';
import { startWithGoogle, type WithGoogle } from '../../support/google';
import { launch } from './browser';

/** The address people type; where it leads only the browser is told. */
export const ADDRESS = 'http://joust.localhost';

export interface GoogleSite {
  readonly google: WithGoogle;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** A server that knows Google, and a browser that finds it at its address. */
export async function openGoogleSite(): Promise<GoogleSite> {
  const google = await startWithGoogle(ADDRESS);
  const browser = await launch(`--host-resolver-rules=MAP joust.localhost ${new URL(google.server.url).host}`);
  const close = async () => {
    await browser.close();
    await google.close();
  };
  return { google, browser, close };
}
