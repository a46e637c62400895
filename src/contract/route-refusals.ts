import type { RefusalCode } from './refusals';
import type { Route } from './route';

/**
 * Every refusal a route may answer with: its own, and those that follow from what kind of route it
 * is. `request.unknown-path` is nobody's: it is the answer where there is no route.
 */
export function refusalsOf(name: string, route: Route): readonly RefusalCode[] {
  const [method, path] = name.split(' ') as [string, string];
  const changes = method !== 'GET';
  const codes: readonly (RefusalCode | false)[] = [
    (route.body ?? route.query) !== undefined && 'request.malformed',
    route.body !== undefined && 'source.too-large',
    !route.open && 'auth.required',
    !route.open && 'auth.expired',
    !route.open && 'auth.banned',
    changes && 'csrf.origin',
    ...(route.refusals ?? []),
    path.startsWith('/api/') && 'rate.limited',
    path.startsWith('/api/') && 'server.unavailable',
    'server.fault',
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}
