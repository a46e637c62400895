import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { untilNextTick } from '../../core/server-clock';
import { clock } from '../joust';

/** Milliseconds left until a moment of the server's clock; it ticks when what a clock shows changes. */
export function useLeft(until: number | null): number | null {
  const left = useSignal(until === null ? null : until - clock.now());
  useEffect(() => {
    if (until === null) {
      left.value = null;
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      clearTimeout(timer);
      clock.slept();
      const now = until - clock.now();
      left.value = now;
      timer = setTimeout(tick, now > 0 ? untilNextTick(now) : 1_000);
    };
    tick();
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [until]);
  return left.value;
}

/** The server's time, looked at every second. */
export function useServerNow(): number {
  const now = useSignal(clock.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = clock.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now.value;
}
