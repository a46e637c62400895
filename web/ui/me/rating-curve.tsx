import type { JSX } from 'preact';
import { ratingCurve, type HistoryItem } from '../../core/rating-change';
import { useWidth } from '../parts/use-width';

const HEIGHT = 140;
const EDGE = { top: 14, right: 12, bottom: 14, left: 44 } as const;
/** So much is seen at least: a few points up and down are no mountains. */
const LEAST_SPAN = 100;

/** How the rating went over the duels that are listed. The list itself is its table. */
export function RatingCurve({ history }: { history: readonly HistoryItem[] }): JSX.Element {
  const { element, width } = useWidth<HTMLDivElement>();
  const ratings = ratingCurve(history).map(({ rating }) => Math.round(rating));
  const [first = 0, last = 0] = [ratings[0], ratings.at(-1)];
  const middle = (Math.max(...ratings) + Math.min(...ratings)) / 2;
  const span = Math.max(LEAST_SPAN, Math.max(...ratings) - Math.min(...ratings));
  const [low, high] = [middle - span / 2, middle + span / 2];
  const x = (index: number) => EDGE.left + (index / (ratings.length - 1)) * (width - EDGE.left - EDGE.right);
  const y = (rating: number) => EDGE.top + ((high - rating) / span) * (HEIGHT - EDGE.top - EDGE.bottom);
  return (
    <section class="rating-curve" aria-labelledby="rating-title">
      <h2 id="rating-title">Your rating</h2>
      <div ref={element} class="drawing">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={`From ${first} to ${last} over ${ratings.length - 1} rated duels`}
          >
            {[low, middle, high].map((rating) => (
              <g key={rating}>
                <line class="grid" x1={EDGE.left} x2={width - EDGE.right} y1={y(rating)} y2={y(rating)} />
                <text class="mark" x={EDGE.left - 8} y={y(rating)} text-anchor="end" dominant-baseline="middle">
                  {Math.round(rating)}
                </text>
              </g>
            ))}
            <polyline class="curve" points={ratings.map((rating, index) => `${x(index)},${y(rating)}`).join(' ')} />
            <circle class="latest" cx={x(ratings.length - 1)} cy={y(last)} r={4} />
          </svg>
        )}
      </div>
    </section>
  );
}
