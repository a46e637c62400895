import glicko2 from 'glicko2-lite';

interface Rating {
  readonly rating: number;
  readonly ratingDeviation: number;
  readonly ratingVolatility: number;
}

/** Where everybody begins. */
export const UNRATED: Rating = { rating: 1500, ratingDeviation: 350, ratingVolatility: 0.06 };

/** What one contest makes of a rating: Glicko-2, each contest a period of its own. `score` is 1, ½ or 0. */
export function rated(own: Rating, opponent: Rating, score: 0 | 0.5 | 1): Rating {
  const { rating, rd, vol } = glicko2(own.rating, own.ratingDeviation, own.ratingVolatility, [
    [opponent.rating, opponent.ratingDeviation, score],
  ]);
  return { rating, ratingDeviation: rd, ratingVolatility: vol };
}
