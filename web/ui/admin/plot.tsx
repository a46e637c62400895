import type { JSX } from 'preact';
import { bucketed, topOf, type Bucket } from '../../core/buckets';
import { useWidth } from '../parts/use-width';
import { Rows } from './listing';

const HEIGHT = 140;
const EDGE = { top: 10, right: 4, bottom: 22, left: 40 } as const;
const MOST_BARS_WITH_GAPS = 60;

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const HOUR = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' });

/** What happened in each hour, or in each day where there are many: bars, and behind them the table. */
export function Plot({ title, hours }: { title: string; hours: readonly Bucket[] }): JSX.Element {
  const { element, width } = useWidth<HTMLDivElement>();
  const { unit, buckets } = bucketed(hours);
  const format = unit === 'day' ? DAY : HOUR;
  const sum = buckets.reduce((total, { value }) => total + value, 0);
  const top = topOf(buckets);
  const step = (width - EDGE.left - EDGE.right) / Math.max(1, buckets.length);
  const y = (value: number) => HEIGHT - EDGE.bottom - (value / top) * (HEIGHT - EDGE.top - EDGE.bottom);
  const gap = buckets.length > MOST_BARS_WITH_GAPS ? 0 : 1;
  return (
    <section class="plot" aria-label={title}>
      <h2>{title}</h2>
      <div ref={element} class="drawing">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`${title} per ${unit}: ${sum} in all, ${top} at most`}
          >
            {[0, top].map((value) => (
              <g key={value}>
                <line class="grid" x1={EDGE.left} x2={width - EDGE.right} y1={y(value)} y2={y(value)} />
                <text class="mark" x={EDGE.left - 6} y={y(value)} text-anchor="end" dominant-baseline="middle">
                  {value}
                </text>
              </g>
            ))}
            {buckets.map(({ at, value }, index) => (
              <rect
                key={at}
                class="bar"
                x={EDGE.left + index * step}
                y={y(value)}
                width={Math.max(1, step - gap)}
                height={y(0) - y(value)}
              >
                <title>{`${format.format(at)}: ${value}`}</title>
              </rect>
            ))}
            {buckets.length > 0 && (
              <>
                <text class="mark" x={EDGE.left} y={HEIGHT - 6}>
                  {format.format(buckets[0]!.at)}
                </text>
                <text class="mark" x={width - EDGE.right} y={HEIGHT - 6} text-anchor="end">
                  {format.format(buckets.at(-1)!.at)}
                </text>
              </>
            )}
          </svg>
        )}
      </div>
      <details>
        <summary>{title} as a table</summary>
        <Rows
          title={`${title} per ${unit}`}
          items={buckets.filter(({ value }) => value > 0)}
          keyOf={({ at }) => String(at)}
          columns={[
            { name: unit === 'day' ? 'Day' : 'Hour', of: ({ at }) => format.format(at) },
            { name: title, number: true, of: ({ value }) => value },
          ]}
        />
      </details>
    </section>
  );
}
