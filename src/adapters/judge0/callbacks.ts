import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const NEWS = 'news';

/**
 * Where Judge0 may say that a run has ended. What it says is not read, only that it speaks: whoever
 * polls then polls at once. So it may come twice, late, never or from somebody else, and changes no
 * verdict. The path is a secret of this process; another one's calls find nothing here.
 */
export class Callbacks {
  readonly path = `/judge0/${randomBytes(24).toString('base64url')}`;
  private readonly told = new EventEmitter().setMaxListeners(0);

  /** Answers at once: Judge0's worker waits for it. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    response.writeHead(request.method === 'PUT' ? 204 : 405).end();
    if (request.method === 'PUT') this.told.emit(NEWS);
  };

  /** Resolves after `ms`, or sooner when there is news. Rejects when `signal` aborts. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    const wake = new AbortController();
    const stop = () => wake.abort();
    this.told.once(NEWS, stop);
    try {
      await sleep(ms, undefined, { signal: AbortSignal.any([signal, wake.signal]) });
    } catch (error) {
      signal.throwIfAborted();
      if (!wake.signal.aborted) throw error;
    } finally {
      this.told.off(NEWS, stop);
    }
  }
}
