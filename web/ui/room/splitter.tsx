import type { JSX } from 'preact';
import { prefer, preferences } from '../joust';

interface SplitterProps {
  /** Across: between left and right. Down: between the editor and the tests below it. */
  readonly direction: 'across' | 'down';
}

const [LEAST, MOST] = [20, 70];
const STEP = 3;
const within = (share: number) => Math.round(Math.min(MOST, Math.max(LEAST, share)));

/** A line between two panes that can be dragged, or moved by the arrow keys. Where it stands is remembered. */
export function Splitter({ direction }: SplitterProps): JSX.Element {
  const isAcross = direction === 'across';
  const share = isAcross ? preferences.value.leftShare : preferences.value.testsShare;
  const move = (to: number) => prefer(isAcross ? { leftShare: within(to) } : { testsShare: within(to) });
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const along = isAcross
      ? ((event.clientX - box.left) / box.width) * 100
      : ((box.bottom - event.clientY) / box.height) * 100;
    move(isAcross && isRtl ? 100 - along : along);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, ArrowUp: STEP, ArrowDown: -STEP }[event.code];
    if (by === undefined) return;
    event.preventDefault();
    move(share + by);
  };
  return (
    <div
      class={`splitter ${direction}`}
      role="separator"
      tabIndex={0}
      aria-orientation={isAcross ? 'vertical' : 'horizontal'}
      aria-label={isAcross ? 'Width of the statement' : 'Height of the tests'}
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={step}
    />
  );
}
