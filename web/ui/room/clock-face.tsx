import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { clockText } from '../../core/server-clock';
import { announcer } from '../joust';
import { useLeft } from '../parts/use-now';
import { useVisit } from './visit-context';

/** The only moments at which the clock is spoken. */
const SPOKEN = [
  [300_000, '5 minutes left'],
  [60_000, '1 minute left'],
  [30_000, '30 seconds left'],
  [10_000, '10 seconds left'],
] as const;

/** What is left of the contest. It shows, and ends nothing: the server does. */
export function ClockFace(): JSX.Element {
  const { store } = useVisit();
  const { endsAt, endedAt, endReason } = store.room.value;
  const left = useLeft(endedAt === null ? endsAt : null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (left === null) return;
    const passed = SPOKEN.find(([at]) => before.current !== null && before.current > at && left <= at);
    if (passed) announcer.say(passed[1]);
    before.current = left;
  }, [left]);
  const tone = left === null || left > 60_000 ? '' : left > 10_000 ? 'late' : 'last';
  return (
    <span class={`clock ${tone}`} role="timer" aria-label="Time left" aria-live="off">
      {left !== null ? clockText(left) : endReason === 'time' ? '0:00' : 'Over'}
    </span>
  );
}
