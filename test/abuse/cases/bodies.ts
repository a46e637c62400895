import type { Route } from '../../../src/contract/route';
import { type Content, filled, ROUTE_LIST, send } from '../../support/hostile-request';
import type { Player } from '../../support/player';
import type { Stage } from '../case';

export const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Every route that takes a body, about things that are there or could be. */
export async function eachBody(
  stage: Stage,
  look: (admin: Player, method: string, path: string, route: Route) => Promise<void>,
): Promise<void> {
  const [admin, { id }] = [await stage.admin(), await stage.guest('Ben')];
  const real = { ':userId': id, ':slug': 'ferry-loads', ':index': '0', ':rejudgeId': 'rejudge_none' };
  for (const { method, path, route } of ROUTE_LIST.filter((one) => one.route.body)) {
    const about = Object.entries(real).reduce((text, [name, value]) => text.replace(name, value), path);
    await look(admin, method, filled(about, 'room_nowhere'), route);
  }
}

type Body = readonly [Content, Record<string, string>?];

/** None of these bodies is taken by any route. */
export const noRouteTakes = (stage: Stage, ...bodies: readonly Body[]): Promise<void> =>
  eachBody(stage, async (ann, method, path) => {
    for (const [body, headers = {}] of bodies)
      expect({ path, ...(await send(ann, method, path, body, headers)) }).toMatchObject({
        ...{ path, status: 400, code: 'request.malformed' },
      });
  });
