import type { AnswerOf } from '../core/api';
import type { HistoryItem } from '../core/rating-change';

type Stats = AnswerOf<'GET /api/me/stats'>;

/** What somebody has played, as names and figures; dashes while they are on their way. */
export function statsText(stats: Stats | null): (readonly [name: string, value: string])[] {
  const figure = (of: (stats: Stats) => string | number) => (stats === null ? '–' : String(of(stats)));
  return [
    ['Rating', figure(({ rating }) => rating)],
    ['Duels', figure(({ contests }) => contests)],
    ['Won', figure(({ wins }) => wins)],
    ['Lost', figure(({ losses }) => losses)],
    ['Drawn', figure(({ draws }) => draws)],
    ['Win rate', figure(({ winRate }) => (winRate === null ? '–' : `${Math.round(winRate * 100)} %`))],
    ['Problems solved', figure(({ solved }) => solved)],
  ];
}

/** How a past duel came out, with a sign and a tone. */
export const OUTCOME_WORDS: Readonly<
  Record<HistoryItem['outcome'], { readonly sign: string; readonly name: string; readonly tone: string }>
> = {
  win: { sign: '✓', name: 'Won', tone: 'good' },
  loss: { sign: '✗', name: 'Lost', tone: 'bad' },
  draw: { sign: '=', name: 'Draw', tone: 'odd' },
};

/** How a past duel ended, where it was not by time. */
const ENDS: Readonly<Record<string, { readonly win: string; readonly loss: string }>> = {
  resign: { win: 'by resignation', loss: 'you resigned' },
  forfeit: { win: 'the opponent was gone', loss: 'you were gone' },
  agreed: { win: 'ended by agreement', loss: 'ended by agreement' },
  host: { win: 'ended by the host', loss: 'ended by the host' },
};
export const endText = ({ reason, outcome }: Pick<HistoryItem, 'reason' | 'outcome'>): string =>
  ENDS[reason]?.[outcome === 'loss' ? 'loss' : 'win'] ?? '';
