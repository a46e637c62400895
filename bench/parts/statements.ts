import { call, duels, submission } from '../support/people';
import { QUEUE, startJoust } from '../support/processes';
import type { Report } from '../support/report';
import { watching } from './events';

/** How many SQL statements, each a round trip, every kind of request costs. What runs by the clock is left out. */
export async function statements(report: Report): Promise<void> {
  const joust = await startJoust({ BENCH_WATCH_STATEMENTS: '1', BENCH_SILENT_QUEUE: QUEUE });
  const { url } = joust;
  const [duel] = await duels(url, 1);
  const { roomId, players } = duel!;
  const [{ token }] = players;
  const room = `/rooms/${roomId}`;
  const requests: Record<string, () => Promise<unknown>> = {
    'GET /me': () => call(url, 'GET', '/me', token),
    'GET room': () => call(url, 'GET', room, token),
    'GET leaderboard': () => call(url, 'GET', `${room}/leaderboard`, token),
    'GET problems': () => call(url, 'GET', `${room}/problems`, token),
    'POST submission': () => call(url, 'POST', `${room}/submissions`, token, submission()),
    'POST trial': () => call(url, 'POST', `${room}/trials`, token, { ...submission(), key: undefined }),
    'POST end': () => call(url, 'POST', `${room}/end`, token, {}),
    'room:watch': async () => (await watching(url, token, roomId)).disconnect(),
  };
  for (const [what, send] of Object.entries(requests)) {
    await joust.statements();
    await send();
    const sent = (await joust.statements()).filter((sql) => !BY_THE_CLOCK.test(sql));
    const note = sent.map((sql) => sql.trim().split(/\s+/).slice(0, 4).join(' ')).join(' | ');
    report.add({ part: 'statements', what, unit: '', value: sent.length, note });
  }
  await joust.stop();
}

const BY_THE_CLOCK = /due_at <= \$1 ORDER|AS count$|AS heard|FROM "rooms" "RoomRow" WHERE .* IN|revoked_at/;
