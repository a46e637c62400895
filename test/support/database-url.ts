import type { EmbeddedPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';

/** How other processes name an embedded PostgreSQL in DATABASE_URL. */
export function databaseUrl({ host, port, user, database }: EmbeddedPostgres['connection']): string {
  const url = new URL(`postgres://${user}@localhost:${port}/${database}`);
  url.searchParams.set('host', host);
  return url.href;
}
