import type { Instant } from '../../src/contract/terms';

/** A steady clock and the one on the wall, in milliseconds: the steady one may stand still while a laptop sleeps. */
interface LocalClocks {
  steady(): number;
  wall(): number;
}

/** How far the two may drift apart before we say that the machine slept. */
const SLEPT_MS = 1_500;

/**
 * The server's time, as well as this page can tell: the steady clock and an offset, taken from the
 * question with the shortest round trip. Only the server starts and ends; this clock only shows.
 */
export class ServerClock {
  private offset: number;
  private trip = Infinity;
  private drift: number;

  constructor(private readonly local: LocalClocks) {
    this.offset = local.wall() - local.steady();
    this.drift = this.offset;
  }

  now(): Instant {
    return this.local.steady() + this.offset;
  }

  /** The shortest round trip the offset rests on, or null while nobody was asked. */
  get tripMs(): number | null {
    return this.trip === Infinity ? null : this.trip;
  }

  /** A new round of questions begins: what was known before is only kept until the first answer. */
  begin(): void {
    this.trip = Infinity;
    this.drift = this.local.wall() - this.local.steady();
  }

  /** One question's answer: the server's time, and when it was asked by the steady clock. */
  answered(serverNow: Instant, askedAt: number): void {
    const trip = this.local.steady() - askedAt;
    if (trip >= this.trip) return;
    this.trip = trip;
    this.offset = serverNow + trip / 2 - this.local.steady();
  }

  /**
   * Whether the machine slept since the last look: the wall's clock has gone on and the steady one has
   * not. The clock is then right at once, as far as the wall's is; somebody should ask the server again.
   */
  slept(): boolean {
    const drift = this.local.wall() - this.local.steady();
    const missed = drift - this.drift;
    this.drift = drift;
    if (Math.abs(missed) < SLEPT_MS) return false;
    this.offset += missed;
    this.trip = Infinity;
    return true;
  }
}

/** How long until what a countdown shows changes: whole seconds, and tenths below ten of them. */
export function untilNextTick(leftMs: number): number {
  const step = leftMs <= 10_000 ? 100 : 1000;
  const rest = leftMs % step;
  return rest <= 0 ? step : rest;
}

/** What is left, as a clock shows it: 12:05, 1:02:05, and below ten seconds 9.4. */
export function clockText(leftMs: number): string {
  if (leftMs <= 0) return '0:00';
  if (leftMs <= 9_900) return (Math.ceil(leftMs / 100) / 10).toFixed(1);
  return durationText(Math.ceil(leftMs / 1000));
}

/** Seconds as 4:05 or 1:04:05. */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
