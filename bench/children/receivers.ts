import { watching } from '../parts/events';
import { serve } from '../support/processes';
import { inParallel } from '../support/statistics';
import type { WatchPlan } from './watchers';

/** First opens sockets; asked again, says so when all of them together have been sent so many events. */
export type ReceivePlan = WatchPlan | { readonly expect: number };

let received = 0;
let look = (): void => undefined;

serve(async (plan: ReceivePlan): Promise<object> => {
  if ('expect' in plan) {
    await new Promise<void>((done) => {
      look = () => received >= plan.expect && done();
      look();
    });
    return { received };
  }
  await inParallel(plan.seats, 32, ({ token, roomId }) =>
    watching(plan.url, token, roomId, () => {
      received += 1;
      look();
    }),
  );
  return { watching: plan.seats.length };
});
