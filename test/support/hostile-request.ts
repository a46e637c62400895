import type { Route } from '../../src/contract/route';
import { ROUTES } from '../../src/contract/routes';
import type { Player } from './player';

export type Content = NonNullable<RequestInit['body']>;

const LEAKS =
  /\n\s+at |node_modules|\/src\/|\.ts:|select |insert |update |typeorm|postgres|express|zod|body-parser|syntaxerror|queryfailed/i;

/** Sends anything, and holds every answer against what all answers must have. */
export async function send(
  player: Player,
  method: string,
  path: string,
  body?: Content,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string | undefined; text: string }> {
  const { authorization, cookie } = player.headers as { authorization: string; cookie: string };
  const answer = await fetch(player.url + path, {
    method,
    headers: { authorization, cookie, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  const where = `${method} ${path.slice(0, 100)}`;
  expect({ where, fault: answer.status >= 500 }).toEqual({ where, fault: false });
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toMatch(
    /object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
  );
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
  if (answer.status < 400 || method === 'HEAD') return { status: answer.status, code: undefined, text };
  const { error } = JSON.parse(text) as { error: { code: string; message: string; requestId: string } };
  expect(error.message.length).toBeGreaterThan(0);
  expect(error.requestId).toBe(answer.headers.get('x-request-id'));
  expect(text).not.toMatch(LEAKS);
  return { status: answer.status, code: error.code, text };
}

export const ROUTE_LIST = Object.entries(ROUTES as Record<string, Route>).map(([name, route]) => {
  const [method, path] = name.split(' ') as [string, string];
  return { name, method, path, route };
});
/** A path of the table with something put in for its parameters. */
export const filled = (path: string, id: string) => path.replace(/:\w+/g, encodeURIComponent(id));
