import * as launcher from '../../src/adapters/embedded/postgres/embedded-postgres';

/*
 * A process that owns a data folder, to be killed. Its arguments: how to begin, the folder, the
 * patience in milliseconds. It tells its parent what came of it and stops when told to.
 */

export type Heard =
  | { readonly type: 'running'; readonly connection: launcher.EmbeddedPostgres['connection']; readonly how: string }
  | { readonly type: 'failed'; readonly message: string };
export interface Told {
  readonly stopAfterMs: number;
}

const [, , begin, dataDir, patience] = process.argv;
const options = { dataDir: dataDir!, log: () => undefined, patienceMs: Number(patience) };
const ways = { start: launcher.startPostgres, open: launcher.openPostgres };

function tell(heard: Heard): void {
  process.send!(heard);
}

ways[begin as keyof typeof ways](options).then(
  (postgres) => {
    process.on('message', ({ stopAfterMs }: Told) => {
      setTimeout(() => void postgres.stop().then(() => process.exit(0)), stopAfterMs);
    });
    tell({ type: 'running', connection: postgres.connection, how: postgres.how });
  },
  (error: unknown) => {
    tell({ type: 'failed', message: String(error) });
    process.disconnect();
  },
);
process.on('disconnect', () => process.exit(1));
