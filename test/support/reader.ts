import type { SeenEvent } from '../../src/contract/events';
import { evolve, unopened, type Room } from '../../src/core/room';
import { eventFor, type Audience } from '../../src/core/view';
import type { TestRoom } from './room-builder';

/** The whole room after each of its events; index n is position n. */
export const history = ({ room: { id }, log }: TestRoom): Room[] =>
  log.reduce((rooms, event) => [...rooms, evolve(rooms.at(-1)!, event)], [unopened(id)]);

/** What one audience hears while a room happens: each batch when it has been committed, with the room as it is then. */
export function heardLive(test: TestRoom, audience: Audience): { readonly stage: Room; readonly event: SeenEvent }[] {
  const rooms = history(test);
  return test.batches.flatMap((batch) => {
    const stage = rooms[batch.at(-1)!.seq]!;
    return batch.map((event) => ({ stage, event: eventFor(stage, audience, event) }));
  });
}
