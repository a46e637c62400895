import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** As whom PostgreSQL runs: it refuses to be root. */
export interface Account {
  /** For operators, such as `user postgres`. */
  readonly how: string;
  /** Who its files belong to. */
  readonly uid: number;
  readonly gid: number;
  readonly spawn: { readonly uid?: number; readonly gid?: number };
  /** What a command line begins with to run as this account. */
  readonly prefix: readonly string[];
}

const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/**
 * The first account that can reach every one of `paths`. An ordinary user is itself. Root becomes
 * the owner of the first of `owned` that is not root's, else `postgres`, else `nobody`; below a
 * folder only root may enter, root without its rights (in a user namespace), else `nobody` with the
 * right to pass closed folders.
 */
export function chooseAccount(owned: readonly string[], paths: readonly string[]): Account {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (uid !== 0) return { how: 'this user', uid, gid, spawn: {}, prefix: [] };

  const owners = owned.map((folder) => String(statSync(folder).uid)).filter((owner) => owner !== '0');
  const users = [...owners, 'postgres', '_postgres', 'nobody'].map(userAccount).filter((user) => user !== null);
  const candidates = [
    ...users,
    { how: 'a user namespace', uid: 0, gid: 0, spawn: {}, prefix: NAMESPACE },
    ...users.slice(-1).map(passingClosedFolders),
  ];
  const account = candidates.find((candidate) => reaches(candidate, paths));
  if (account !== undefined) return account;
  throw new Error(
    `PostgreSQL does not run as root, and no other user can reach ${paths.join(' and ')}: run Joust as an ordinary user, move it to a folder others may enter, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

/** `user` is a name or a number. Null when there is no such user: initdb wants one with a name. */
function userAccount(user: string): Account | null {
  const [name, uid, gid] = ['-un', '-u', '-g'].map((which) => {
    const { status, stdout } = spawnSync('id', [which, user], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  });
  if (!name || !Number(uid) || !Number(gid)) return null;
  const ids = { uid: Number(uid), gid: Number(gid) };
  return { how: `user ${name}`, ...ids, spawn: ids, prefix: [] };
}

/** access(2), which PostgreSQL asks too, forgets the right of a user who is not root, unless the secure bit is set. */
function passingClosedFolders(user: Account): Account {
  const right = '+dac_override';
  const become = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  return {
    ...user,
    how: `${user.how} passing closed folders`,
    spawn: {},
    prefix: ['setpriv', ...become, `--inh-caps=-all,${right}`, `--ambient-caps=${right}`],
  };
}

function reaches({ spawn, prefix }: Account, paths: readonly string[]): boolean {
  const script = 'for path; do test -x "$path" || exit 1; done';
  const [command = '', ...rest] = [...prefix, '/bin/sh', '-c', script, '-', ...paths];
  return spawnSync(command, rest, { ...spawn, cwd: '/', stdio: 'ignore' }).status === 0;
}
