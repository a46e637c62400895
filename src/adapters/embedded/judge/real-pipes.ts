import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** One end is ours; the other, a descriptor, is for a child, and to be closed when that has it. */
interface Pipe {
  readonly own: Socket;
  readonly given: number;
}

/**
 * Pipes at these paths. What Node gives its children for pipes are sockets, and of a socket a runtime asks
 * what the filter does not answer.
 */
export async function makePipes(...paths: readonly string[]): Promise<void> {
  await execute('mkfifo', ['-m', '600', ...paths]);
}

export function pipeToUs(path: string): Pipe {
  const own = openSync(path, O_RDONLY | O_NONBLOCK);
  return { own: new Socket({ fd: own, readable: true, writable: false }), given: openSync(path, O_WRONLY) };
}

export function pipeFromUs(path: string): Pipe {
  // nobody can open the one end of a pipe without the other, but for who does not want to wait
  const first = openSync(path, O_RDONLY | O_NONBLOCK);
  const own = openSync(path, O_WRONLY | O_NONBLOCK);
  const given = openSync(path, O_RDONLY);
  closeSync(first);
  return { own: new Socket({ fd: own, readable: false, writable: true }), given };
}
