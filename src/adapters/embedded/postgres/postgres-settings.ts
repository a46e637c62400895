/**
 * For a server of one machine: durable, small, and leaving nothing outside its folder. Named on the
 * command line, so that they win over the folder's postgresql.conf.
 */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '96MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  io_method: 'sync', // no I/O worker processes
  dynamic_shared_memory_type: 'mmap', // in the folder, not in /dev/shm, where a kill would leave it
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '',
  log_min_error_statement: 'panic', // a statement may hold what players wrote
  log_error_verbosity: 'terse', // so may a DETAIL
  log_checkpoints: 'off',
} as const;

/** PostgreSQL's arguments. `sockets` may hold any character: in a list of folders, quotes keep commas. */
export function postgresArguments(cluster: string, sockets: string): string[] {
  const settings = Object.entries({
    ...SETTINGS,
    unix_socket_directories: `"${sockets.replaceAll('"', '""')}"`,
  });
  return ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

export const SUPERUSER = 'joust';
export const DATABASE = 'postgres';
/** Only names the socket file: nothing listens on the network. */
export const PORT = 5432;

export function initdbArguments(cluster: string): string[] {
  return [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    '--auth=trust', // whoever reaches the socket passed the 0700 folder
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--wal-segsize=4',
    '--no-instructions',
  ];
}
