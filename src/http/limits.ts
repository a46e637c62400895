import type { Writable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../contract/refusals';

/** How often something may be done: so many times within so many seconds, per user or per address. */
const LIMITS = {
  'sign-in': { points: 240, seconds: 60 },
  refresh: { points: 240, seconds: 60 },
  request: { points: 3_000, seconds: 60 },
  visit: { points: 6_000, seconds: 60 },
  'open-room': { points: 30, seconds: 600 },
  join: { points: 60, seconds: 60 },
  submit: { points: 20, seconds: 60 },
  trial: { points: 30, seconds: 60 },
  'wrong-password': { points: 5, seconds: 600 },
  'wrong-password-address': { points: 20, seconds: 600 },
  'socket-connect': { points: 600, seconds: 60 },
  'socket-message': { points: 120, seconds: 10 },
} as const;
type LimitName = keyof typeof LIMITS;

/** How many may be open at once, per user or per address, in one process. */
const MOST_OPEN = { 'sockets-of-address': 1_000, 'sockets-of-user': 30, 'streams-of-user': 10 } as const;
/** How soon one of them may be closed: nobody knows. */
const TRY_AGAIN_SECONDS = 10;

/** Of one socket, and so of one process. */
const NEVER_SHARED: readonly LimitName[] = ['socket-message'];

/** Where processes count together. Its commands fail at once when it is away. */
interface Shared {
  readonly redis: unknown;
  readonly prefix: string;
}

interface Limiter {
  readonly here: RateLimiterMemory;
  readonly everywhere: RateLimiterRedis | null;
}

/**
 * Counts what callers do, and refuses what is too much. Switched off it counts nothing.
 *
 * Every process decides at once by its own count, which is exact. With Redis it also counts there,
 * waits for no answer, and raises its own count to what it hears. So among P processes somebody gets
 * beyond a limit of n by at most P − 1 when he asks one after the other, and to P · n when he asks all
 * at once or Redis is away; whoever is refused anywhere has been heard of everywhere he tried.
 */
@Injectable()
export class Limits {
  private readonly limiters: Readonly<Record<LimitName, Limiter>>;
  private readonly open = new Map<string, number>();

  constructor(
    private readonly on: boolean,
    shared: Shared | null,
  ) {
    const make = ([name, { points, seconds }]: [string, { points: number; seconds: number }]) => {
      const own = { points, duration: seconds };
      const isShared = shared && !NEVER_SHARED.includes(name as LimitName);
      const everywhere = isShared
        ? new RateLimiterRedis({ ...own, storeClient: shared.redis, keyPrefix: `${shared.prefix}limit:${name}` })
        : null;
      return [name, { here: new RateLimiterMemory({ ...own, keyPrefix: name }), everywhere }] as const;
    };
    this.limiters = Object.fromEntries(Object.entries(LIMITS).map(make)) as Record<LimitName, Limiter>;
  }

  /** Counts one, or what counts as many. @throws {Refusal} rate.limited, with the time to wait. */
  async spend(name: LimitName, key: string, points = 1): Promise<void> {
    if (!this.on) return;
    const { here, everywhere } = this.limiters[name];
    await here.consume(key, points).catch(tooMuch);
    everywhere?.penalty(key, points).then(
      (counted) => raise(here, key, counted),
      // Away, it counts nothing; this process goes on by its own count.
      () => undefined,
    );
  }

  /** Takes one back: what was counted before it was known turned out to be none. */
  async refund(name: LimitName, key: string): Promise<void> {
    if (!this.on) return;
    const { here, everywhere } = this.limiters[name];
    await here.reward(key);
    everywhere?.reward(key).catch(() => undefined);
  }

  /** Counts one more that is open, until its connection is closed. @throws {Refusal} rate.limited */
  hold(name: keyof typeof MOST_OPEN, key: string, connection: Writable): void {
    if (!this.on) return;
    const held = `${name}:${key}`;
    const count = this.open.get(held) ?? 0;
    if (count >= MOST_OPEN[name]) throw new Refusal('rate.limited', undefined, TRY_AGAIN_SECONDS);
    if (connection.closed) return;
    this.open.set(held, count + 1);
    connection.once('close', () => {
      const left = this.open.get(held)! - 1;
      if (left > 0) this.open.set(held, left);
      else this.open.delete(held);
    });
  }

  /** Refuses what has been counted too often already, and counts nothing. @throws {Refusal} rate.limited */
  async check(name: LimitName, key: string): Promise<void> {
    if (!this.on) return;
    const spent = await this.limiters[name].here.get(key);
    if (spent !== null && spent.remainingPoints <= 0) tooMuch(spent);
  }
}

/** Others have counted too: from now on at least so much has been spent here, until the common time is over. */
async function raise(here: RateLimiterMemory, key: string, { consumedPoints, msBeforeNext }: RateLimiterRes) {
  const own = await here.get(key);
  if (own !== null && own.consumedPoints >= consumedPoints) return;
  // No time at all would mean for ever.
  await here.set(key, consumedPoints, Math.max(1, msBeforeNext) / 1000);
}

function tooMuch(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason as Error;
  throw new Refusal('rate.limited', undefined, Math.max(1, Math.ceil(reason.msBeforeNext / 1000)));
}
