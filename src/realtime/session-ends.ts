import type { Server } from 'socket.io';
import type { Sessions } from '../auth/sessions.service';
import { SessionIdShape } from '../contract/shapes';

const ENDED = 'session:ended';

/**
 * What ends a session here ends it in every process at once: its sockets, its streams and its requests.
 * A word that gets lost, as when Redis is away, is made good by the check every process makes itself.
 */
export function shareSessionEnds(server: Server, sessions: Sessions): void {
  sessions.onEndedHere((sessionId, why) => server.serverSideEmit(ENDED, sessionId, why));
  server.on(ENDED, (given: unknown, why: unknown) => {
    const { data } = SessionIdShape.safeParse(given);
    if (data !== undefined) sessions.forget(data, why === 'auth.banned' ? why : 'auth.expired');
  });
}
