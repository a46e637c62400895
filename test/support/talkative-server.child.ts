import type { GoogleClient } from '../../src/auth/auth.settings';
import { startServer } from './server';

/* A server in a process of its own, so that all it logs can be read; how it is known to an identity provider comes with its start. */

const { google, publicUrl } = JSON.parse(process.argv[2]!) as { google: GoogleClient; publicUrl: string };

async function main(): Promise<void> {
  const env = { PUBLIC_URL: publicUrl, LOG_LEVEL: 'trace' };
  const server = await startServer({ env, change: (world) => ({ ...world, google }) });
  process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
  process.send!({ url: server.url });
}

void main();
