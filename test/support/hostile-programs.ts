import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { CANARY_NAME, type Judged, judgedInTheEnd, jobOf, MANIFEST, type Program, simpleJob } from './judge-programs';

/** Of this run alone; programs and manifest say {@link CANARY_NAME} instead. */
const CANARY = `${CANARY_NAME}-${process.pid}`;
const FOLDER = join('/tmp', CANARY);

/** What hostile programs look for: secrets in files and in our environment, and listeners to talk to. */
export class Bait {
  connections = 0;
  private readonly servers: Server[] = [];
  placeholders: Record<string, string> = {};

  static async set(): Promise<Bait> {
    const bait = new Bait();
    mkdirSync(FOLDER);
    for (const [path, content] of Object.entries(MANIFEST.setup.files))
      writeFileSync(path.replace(CANARY_NAME, CANARY), content);
    Object.assign(process.env, MANIFEST.setup.env);
    const tcp = await bait.listen({ port: 0, host: '127.0.0.1' });
    await bait.listen({ path: join(FOLDER, 'sock') });
    await bait.listen({ path: `\0${CANARY}-abstract` });
    const free = await bait.listen({ port: 0, host: '127.0.0.1' });
    const portOf = (server: Server) => String((server.address() as AddressInfo).port);
    bait.placeholders = {
      JUDGE_PID: String(process.pid),
      PORT: portOf(tcp),
      PORT2: portOf(free),
      [CANARY_NAME]: CANARY,
    };
    await new Promise((closed) => free.close(closed));
    return bait;
  }

  /** Whether somebody inside a box listens where the host can reach it. */
  async isPort2Reachable(): Promise<boolean> {
    const socket = connect(Number(this.placeholders['PORT2']), '127.0.0.1');
    const reached = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    return reached;
  }

  async remove(): Promise<void> {
    await Promise.all(this.servers.filter((s) => s.listening).map((s) => new Promise((closed) => s.close(closed))));
    for (const name of Object.keys(MANIFEST.setup.env)) Reflect.deleteProperty(process.env, name);
    rmSync(FOLDER, { recursive: true, force: true });
  }

  private async listen(where: { port: number; host: string } | { path: string }): Promise<Server> {
    const server = createServer((socket) => {
      this.connections += 1;
      socket.destroy();
    });
    server.listen(where);
    await once(server, 'listening');
    this.servers.push(server);
    return server;
  }
}

export interface Assault {
  readonly file: string;
  readonly results: readonly Judged[];
  /** What became of a harmless program that ran beside it. */
  readonly innocent: Judged['verdict'];
}

/** Runs a hostile program as often at once as it asks, with a harmless one beside it. */
export async function assault(
  judge: EmbeddedJudge,
  program: Program,
  placeholders: Readonly<Record<string, string>>,
): Promise<Assault> {
  const harmless = simpleJob('python', 'print(sum(range(1000)))', {
    tests: [{ input: '', accepts: (output) => output === '499500\n' }],
  });
  const copies = Array.from({ length: program.concurrency ?? 1 }, () =>
    judgedInTheEnd(judge, jobOf(program, placeholders)),
  );
  const [innocent, ...results] = await Promise.all([judgedInTheEnd(judge, harmless), ...copies]);
  return { file: program.file, results, innocent: innocent.verdict };
}
