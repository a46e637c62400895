import { watching } from '../parts/events';
import { serve } from '../support/processes';
import { inParallel } from '../support/statistics';

/** Holds sockets open, each watching a room, until this process is ended. */
export interface WatchPlan {
  readonly url: string;
  readonly seats: readonly { readonly token: string; readonly roomId: string }[];
}

serve(async ({ url, seats }: WatchPlan): Promise<{ watching: number }> => {
  const sockets = await inParallel(seats, 32, ({ token, roomId }) => watching(url, token, roomId));
  return { watching: sockets.filter(({ connected }) => connected).length };
});
