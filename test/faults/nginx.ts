import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

const TEMPLATE = join(__dirname, '../../deploy/nginx.conf.template');

export interface Nginx {
  readonly url: string;
  stop(): Promise<void>;
}

/** nginx as docker-compose.yml runs it, before two processes on this machine. It needs the program `nginx` (Debian: apt install nginx-light). */
export async function startNginx(apis: readonly [number, number]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'joust-nginx-'));
  chmodSync(folder, 0o755); // its workers are another user
  const port = await freePort();
  const values: Readonly<Record<string, string>> = {
    ...{ API_1: `127.0.0.1:${apis[0]}`, API_2: `127.0.0.1:${apis[1]}` },
    ...{ LISTEN: `127.0.0.1:${port}`, RESOLVER: '127.0.0.1', RUN_DIR: folder, TLS_PROXY: 'unix:' },
  };
  const file = join(folder, 'nginx.conf');
  const template = readFileSync(TEMPLATE, 'utf8');
  writeFileSync(
    file,
    template.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name]!),
  );
  const child = spawn('nginx', ['-c', file, '-e', 'stderr', '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  let failed: Error | null = null;
  child.once('error', (error) => (failed = error));
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await eventually('nginx answers; it has to be installed', async () => {
    if (failed) throw failed;
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    return fetch(`${url}/livez`).then(
      ({ ok }) => ok,
      () => false,
    );
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
