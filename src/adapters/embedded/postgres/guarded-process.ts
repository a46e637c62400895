import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import type { Account } from './unprivileged-account';

export interface GuardedProcess {
  /** Asks it to stop; it also is asked when this process ends, however that happens. */
  stop(): void;
  /** The exit status, once it and all it started are gone. Rejects when it could not be started. */
  readonly ended: Promise<number | null>;
}

/*
 * The guard's standard input is a pipe that only our process holds open. When we end for any
 * reason, kill -9 included, cat reads its end and the command is interrupted.
 */
const GUARD = `
exec 3<&0
"$@" 3<&- &
command=$!
( cat <&3 >/dev/null; kill -INT $command ) &
watch=$!
exec 3<&-
wait $command
status=$?
kill $watch 2>/dev/null
exit $status`;

/**
 * Runs `command` so that it does not outlive this process: SIGINT ends it. It has a session of its
 * own, so that a Ctrl-C at our terminal reaches it only through us. `hear` is told each line it
 * writes to standard error.
 */
export function runGuarded(
  command: readonly string[],
  account: Account,
  env: NodeJS.ProcessEnv,
  hear: (line: string) => void,
): GuardedProcess {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', ...account.prefix, ...command], {
    ...account.spawn,
    env,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  createInterface({ input: guard.stderr }).on('line', hear);
  // Were the guard itself killed, this lets its watch go on and end the command.
  guard.once('exit', () => guard.stdin.destroy());
  // The command and its children hold standard error open: `close` comes when the last is gone.
  const ended = once(guard, 'close').then(([status]) => status as number | null);
  return { stop: () => guard.stdin.destroy(), ended };
}
