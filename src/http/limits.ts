import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../contract/refusals';

/** How often something may be done: so many times within so many seconds, per user or per address. */
const LIMITS = {
  'sign-in': { points: 240, seconds: 60 },
  refresh: { points: 240, seconds: 60 },
  request: { points: 3_000, seconds: 60 },
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

/** Counts what callers do, and refuses what is too much. Switched off it counts nothing. */
@Injectable()
export class Limits {
  private readonly limiters: Readonly<Record<LimitName, RateLimiterMemory>>;

  constructor(private readonly on: boolean) {
    const make = ([name, { points, seconds }]: [string, { points: number; seconds: number }]) =>
      [name, new RateLimiterMemory({ keyPrefix: name, points, duration: seconds })] as const;
    this.limiters = Object.fromEntries(Object.entries(LIMITS).map(make)) as Record<LimitName, RateLimiterMemory>;
  }

  /** Counts one. @throws {Refusal} rate.limited, with the time to wait. */
  async spend(name: LimitName, key: string): Promise<void> {
    if (!this.on) return;
    await this.limiters[name].consume(key).catch(tooMuch);
  }

  /** Takes one back: what was counted before it was known turned out to be none. */
  async refund(name: LimitName, key: string): Promise<void> {
    if (this.on) await this.limiters[name].reward(key);
  }

  /** Refuses what has been counted too often already, and counts nothing. @throws {Refusal} rate.limited */
  async check(name: LimitName, key: string): Promise<void> {
    if (!this.on) return;
    const spent = await this.limiters[name].get(key);
    if (spent !== null && spent.remainingPoints <= 0) tooMuch(spent);
  }
}

function tooMuch(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason as Error;
  throw new Refusal('rate.limited', undefined, Math.max(1, Math.ceil(reason.msBeforeNext / 1000)));
}
