import { signal } from '@preact/signals-core';
import type { AnswerOf, Api } from './api';
import { Pages } from './pages';
import type { Difficulty } from './room-wishes';

type ProblemSummary = AnswerOf<'GET /api/problems'>['items'][number];

/** What problems are looked for. */
interface ProblemFilter {
  readonly search: string;
  readonly difficulty: Difficulty | '';
  readonly tag: string;
}
export const ALL_PROBLEMS: ProblemFilter = { search: '', difficulty: '', tag: '' };
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const satisfies readonly Difficulty[];

/** The filter an address speaks of, such as `?difficulty=easy&tag=dp`. What it does not know it passes over. */
export function filterFrom(query: string): ProblemFilter {
  const given = new URLSearchParams(query);
  const difficulty = DIFFICULTIES.find((one) => one === given.get('difficulty')) ?? '';
  return { search: given.get('search') ?? '', difficulty, tag: given.get('tag') ?? '' };
}

/** The same as an address says it; nothing where all are looked for. */
export function queryOf(filter: ProblemFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== '') as [string, string][];
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

const PAUSE_MS = 250;

/** The published problems that fit a filter. */
export class ProblemList {
  readonly filter;
  readonly pages: Pages<ProblemSummary>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api, filter: ProblemFilter = ALL_PROBLEMS) {
    this.filter = signal(filter);
    this.pages = new Pages((cursor) => {
      const { difficulty, ...texts } = this.filter.peek();
      return api.ask('GET /api/problems', { query: { ...texts, difficulty: difficulty || undefined, cursor } });
    });
  }

  /** Looks for others; while somebody types, once he pauses. */
  narrow(change: Partial<ProblemFilter>): void {
    this.filter.value = { ...this.filter.value, ...change };
    clearTimeout(this.timer);
    if ('search' in change) this.timer = setTimeout(() => void this.pages.again(), PAUSE_MS);
    else void this.pages.again();
  }
}
