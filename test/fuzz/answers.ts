import type { z } from 'zod';
import { REFUSALS, type RefusalCode } from '../../src/contract/refusals';
import { refusalsOf } from '../../src/contract/route-refusals';
import { routeOf, type Wish } from './requests';

export interface Answer {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly text: string;
}

/** What any request may be refused with, before or beside the route it is for. */
const ANYWHERE: readonly RefusalCode[] = [
  ...(['request.malformed', 'request.unknown-path', 'source.too-large', 'csrf.origin'] as const),
];
const AWAY: readonly RefusalCode[] = ['queue.full', 'server.unavailable'];
const LEAKS = /\n\s+at |node_modules|\/src\/|\.ts:|typeorm|postgres|express|zod|body-parser|syntaxerror|queryfailed/i;

/** What is wrong with an answer; null: nothing. */
export function wrongWith({ method, path, headers }: Wish, { status, requestId, text }: Answer): string | null {
  const found = routeOf(method, path);
  if (status === 304 && 'if-none-match' in headers) return null;
  // More headers, or a longer address, than Node reads: nobody of us has seen it.
  if (status === 431 && text === '') return null;
  if (path.startsWith('/ws/')) return status === 400 ? null : `Where sockets are it answers ${status}`;
  if (status < 400) {
    if (!found || method === 'HEAD') return null;
    if (status !== found.route.status) return `It answers ${status} where the contract has ${found.route.status}`;
    return found.route.answer ? wrongWithShape(found.route.answer, text) : null;
  }
  if (method === 'HEAD') return status >= 500 ? `It answers ${status}` : null;
  const refusal = refusalIn(text);
  if (found?.route.unready === status && refusal === null) return null;
  if (refusal === null) return `It answers ${status} without a refusal: ${text.slice(0, 300)}`;
  const { code, requestId: id } = refusal;
  if (REFUSALS[code].status !== status) return `${code} travels under ${status}`;
  if (status >= 500 && !AWAY.includes(code)) return `It answers ${status}: ${code}`;
  if (id !== requestId) return `The request is ${String(requestId)} in its header and ${id} in its refusal`;
  if (LEAKS.test(text)) return `It tells too much: ${text.slice(0, 300)}`;
  const allowed = found ? [...refusalsOf(found.name, found.route), ...ANYWHERE] : [...ANYWHERE, 'auth.forbidden'];
  return allowed.includes(code) ? null : `${code} is no refusal of ${found?.name ?? 'no route'}`;
}

function wrongWithShape(shape: z.ZodType, text: string): string | null {
  try {
    const { error } = shape.safeParse(JSON.parse(text));
    return error ? `Its answer is not of its shape: ${error.message}` : null;
  } catch (error) {
    return `Its answer is no JSON: ${String(error)}`;
  }
}

interface Told {
  readonly code: RefusalCode;
  readonly message: string;
  readonly requestId: string;
}
function refusalIn(text: string): Told | null {
  if (!text.startsWith('{"error":{')) return null;
  const { error } = JSON.parse(text) as { error: Told };
  return Object.hasOwn(REFUSALS, error.code) && error.message !== '' ? error : null;
}
