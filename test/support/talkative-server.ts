import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GoogleClient } from '../../src/auth/auth.settings';

/** A server that logs all it ever logs. `stop` says what that was. */
export async function talkativeServer(
  google: GoogleClient,
  publicUrl: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<string> }> {
  const script = join(__dirname, 'talkative-server.child.ts');
  const execArgv = ['-r', join(__dirname, 'compile-on-load.cjs')];
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
  const child = fork(script, [JSON.stringify({ google, publicUrl })], { execArgv, stdio: [...stdio] });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (said += String(chunk)));
  const closed = once(child, 'close');
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const stop = async () => {
    child.kill('SIGTERM');
    await closed;
    return said;
  };
  return { url, stop };
}
