import { Grants } from '../../src/auth/grants.service';
import type { Role, UserId } from '../../src/contract/terms';
import { CLI } from '../../src/store/audit.store';
import type { Player } from './player';
import type { TestServer } from './server';

/** Somebody with a role, who has not asked for anything yet: so the server goes by it at once. */
export async function staff(server: TestServer, role: Role, name: string = role): Promise<Player> {
  const player = await server.guest(name);
  await server.app.get(Grants).grant(player.id as UserId, role, CLI);
  return player;
}

/** What the audit log knows of a subject, the first entry first. */
export const auditOf = (server: TestServer, subject: string) =>
  server.world.db.query<
    { actor: string; action: string; detail: Record<string, unknown>; request_id: string | null }[]
  >('SELECT actor, action, detail, request_id FROM audit WHERE subject = $1 ORDER BY id', [subject]);

/** All items of a list, page after page, from a cursor on where one is given. */
export async function everyPage(player: Player, path: string, from = ''): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor: string | null = from; cursor !== null;) {
    const more = `${path.includes('?') ? '&' : '?'}cursor=${cursor}`;
    const { status, body } = await player.get(path + (cursor === '' ? '' : more));
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    items.push(...body.items);
    cursor = body.next;
  }
  return items;
}
