import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { SubmissionId } from '../../../src/contract/terms';
import { durationText } from '../../core/server-clock';
import { timeMarks, type Timeline, type TimelineLine, type TimelinePoint } from '../../core/timeline';
import { chartText, pointText } from '../../words/timeline';
import { VERDICT_WORDS } from '../../words/verdicts';

interface ChartProps {
  readonly timeline: Timeline;
  readonly width: number;
  readonly nowSeconds: number | null;
  readonly selected: SubmissionId | null;
  readonly onSelect: (submissionId: SubmissionId) => void;
}

const HEIGHT = 260;
const EDGE = { top: 36, right: 20, bottom: 28, left: 28 } as const;
const RADIUS = { most: 9, least: 4.5 } as const;
/** A sign in a smaller circle could not be read: full is accepted, empty is not. */
const LEAST_WITH_SIGN = 7;
/** Where many crowd, those that solved something stay as large as they are. */
const CROWDED = 2.5;
/** Lines of equal height lie beside each other. */
const APART = 5;
const PX_PER_MARK = 64;

/**
 * Problems solved over time: a line of steps for each player, and a sign on it for each submission. The signs
 * are one stop for the tab key; arrows go from one to the next.
 */
export function Chart({ timeline, width, nowSeconds, selected, onSelect }: ChartProps): JSX.Element {
  const { lines, points, durationSeconds } = timeline;
  const most = Math.max(1, timeline.mostSolved);
  const x = (seconds: number) => EDGE.left + (seconds / durationSeconds) * (width - EDGE.left - EDGE.right);
  const y = (solved: number) => HEIGHT - EDGE.bottom - (solved / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  const seatOf = (userId: string) => lines.findIndex((line) => line.userId === userId);
  const aside = (seat: number) => (seat - (lines.length - 1) / 2) * 2 * APART;
  return (
    <svg width={width} height={HEIGHT} role="group" aria-label={chartText(lines.map(({ name }) => name))}>
      <rect class="paper" width={width} height={HEIGHT} />
      <Grid width={width} most={most} durationSeconds={durationSeconds} x={x} y={y} />
      {nowSeconds !== null && (
        <line class="now" x1={x(nowSeconds)} x2={x(nowSeconds)} y1={EDGE.top - 12} y2={HEIGHT - EDGE.bottom} />
      )}
      {lines.map((line, seat) => (
        <path
          key={line.userId}
          class={`line who-${seat + 1}`}
          transform={`translate(0 ${aside(seat)})`}
          d={pathOf(line, durationSeconds, x, y)}
        />
      ))}
      <Points
        points={points}
        radius={Math.min(RADIUS.most, Math.max(RADIUS.least, width / (1.5 * points.length)))}
        selected={selected}
        onSelect={onSelect}
        placeOf={({ userId, seconds, solved }) => {
          const seat = seatOf(userId);
          return { seat, at: [x(seconds), y(solved) + aside(seat)] };
        }}
      />
    </svg>
  );
}

type Scale = (value: number) => number;

function pathOf({ steps }: TimelineLine, end: number, x: Scale, y: Scale): string {
  const way = steps.map(({ seconds, solved }, index) =>
    index === 0 ? `M${x(seconds)} ${y(solved)}` : `H${x(seconds)}V${y(solved)}`,
  );
  return `${way.join('')}H${x(end)}`;
}

interface GridProps extends Pick<ChartProps, 'width'>, Pick<Timeline, 'durationSeconds'> {
  readonly most: number;
  readonly x: Scale;
  readonly y: Scale;
}

const Grid = ({ width, most, durationSeconds, x, y }: GridProps): JSX.Element => (
  <g aria-hidden="true">
    {Array.from({ length: most + 1 }, (_, solved) => (
      <g key={solved}>
        <line class="grid" x1={EDGE.left} x2={width - EDGE.right} y1={y(solved)} y2={y(solved)} />
        <text class="mark" x={EDGE.left - 10} y={y(solved)} text-anchor="end" dominant-baseline="middle">
          {solved}
        </text>
      </g>
    ))}
    {timeMarks(durationSeconds, Math.max(1, Math.floor(width / PX_PER_MARK))).map((seconds) => (
      <text key={seconds} class="mark" x={x(seconds)} y={HEIGHT - 6} text-anchor="middle">
        {durationText(seconds)}
      </text>
    ))}
  </g>
);

interface PointsProps extends Pick<ChartProps, 'selected' | 'onSelect'> {
  readonly radius: number;
  readonly points: readonly TimelinePoint[];
  readonly placeOf: (point: TimelinePoint) => { readonly seat: number; readonly at: readonly [number, number] };
}

function Points({ points, radius, placeOf, selected, onSelect }: PointsProps): JSX.Element {
  const group = useRef<SVGGElement>(null);
  /** The one the tab key comes to. */
  const current = useSignal(0);
  const turn = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: current.value + 1,
      ArrowLeft: current.value - 1,
      Home: 0,
      End: points.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    current.value = Math.min(points.length - 1, Math.max(0, to));
    group.current!.querySelectorAll<SVGGElement>('.point')[current.value]?.focus();
  };
  return (
    <g ref={group} onKeyDown={turn}>
      {points.map((point, index) => {
        const { seat, at } = placeOf(point);
        const { sign, tone } = VERDICT_WORDS[point.verdict];
        const size = radius >= LEAST_WITH_SIGN || point.isSolution ? radius : Math.min(radius, CROWDED);
        return (
          <g
            key={point.submissionId}
            class={`point who-${seat + 1} ${tone}`}
            transform={`translate(${at.join(' ')})`}
            role="button"
            tabindex={index === current.value ? 0 : -1}
            aria-label={pointText(point)}
            aria-pressed={point.submissionId === selected}
            onFocus={() => (current.value = index)}
            onClick={() => onSelect(point.submissionId)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              onSelect(point.submissionId);
            }}
          >
            <title>{pointText(point)}</title>
            <circle class="ring" r={size + 3} />
            <circle class="dot" r={size} />
            {radius >= LEAST_WITH_SIGN && (
              <text class="sign" font-size={radius * 1.25} text-anchor="middle" dominant-baseline="central">
                {sign}
              </text>
            )}
            {point.isSolution && (
              <text class="label" y={-radius - 6} text-anchor="middle">
                {point.problem}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
