import type { z } from 'zod';
import type { EVENTS, EventType } from '../src/contract/events';
import type { RefusalBody, RefusalCode } from '../src/contract/refusals';
import type { ROUTES } from '../src/contract/routes';

type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
/** What a good answer of a route holds; null where it holds nothing. */
export type AnswerOf<N extends RouteName> = Routes[N] extends { answer: infer A extends z.ZodType } ? z.infer<A> : null;

/** Events as they travel: moments are strings. */
export type EventOf<T extends EventType> = {
  readonly roomId: string;
  readonly seq: number;
  readonly at: string;
  readonly type: T;
  readonly data: z.infer<(typeof EVENTS)[T]>;
};
export type ToldEvent = { [T in EventType]: EventOf<T> }[EventType];
export type WireEvent = ToldEvent | { readonly roomId: string; readonly seq: number; readonly type?: never };
export type Board = AnswerOf<'GET /api/rooms/:roomId/leaderboard'>['rows'];

/** The server said no. */
export class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

const PATIENCE_MS = 60_000;
const ONE_TRY_MS = 10_000;
const PAUSE_MS = 200;

/**
 * Asks until there is an answer: while the server is away, or has too much to do, the same request is
 * sent again. Whatever must not happen twice carries its key. `away` hears of every try that came to nothing.
 *
 * @throws {Refused} when the server says no; whatever fetch throws, when it is away for a minute
 */
export async function ask<N extends RouteName>(
  url: string,
  name: N,
  { params = {}, body, token }: Asked,
  away: () => void,
): Promise<AnswerOf<N>> {
  const [method, pattern] = name.split(' ') as [string, string];
  const path = pattern.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const givesUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ONE_TRY_MS),
      });
      const text = await response.text();
      if (response.ok) return (text === '' ? null : JSON.parse(text)) as AnswerOf<N>;
      const wait = response.headers.get('retry-after');
      if (wait === null || performance.now() > givesUpAt) {
        const { error } = JSON.parse(text) as RefusalBody;
        throw new Refused(error.code, error.message);
      }
      await pause(Number(wait) * 1000);
    } catch (error) {
      if (!isAway(error) || performance.now() > givesUpAt) throw error;
      away();
      await pause(PAUSE_MS);
    }
  }
}

/** Nobody answered, or the answer broke off. */
export const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const asClock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A leaderboard as a person reads it, a line for each player. */
export function boardLines(board: Board): string[] {
  return board.map(({ rank, name, solved, penalty, cells }) => {
    const cellTexts = Object.entries(cells).map(([label, { state, tries, solvedAtSeconds }]) => {
      if (state === 'untouched') return `${label} –`;
      if (state === 'pending') return `${label} …`;
      const when = solvedAtSeconds === null ? '' : ` ${asClock(solvedAtSeconds)}`;
      return `${label} ${state === 'solved' ? '✓' : '✗'}${when} (${tries === 1 ? '1 try' : `${tries} tries`})`;
    });
    return `${rank}. ${name.padEnd(5)} ${solved} solved, penalty ${asClock(penalty)}   ${cellTexts.join('   ')}`;
  });
}
