import { ADMIN_ROUTES } from '../../src/contract/admin-routes';
import type { Role } from '../../src/contract/terms';
import { send } from '../support/hostile-request';
import { ask, request, type Player } from '../support/player';
import { startServer, type TestServer } from '../support/server';
import { startFor, submit, SUM } from '../support/rooms';
import { staff } from '../support/staff';

/** Who beside an admin may come in, by the beginning of what is asked. The longest that fits counts. */
const DOORS: Readonly<Record<string, readonly Role[]>> = {
  'GET /api/admin/users': [],
  'PUT /api/admin/users': [],
  'POST /api/admin/users': [],
  'DELETE /api/admin/users': [],
  'GET /api/admin/rooms': ['judge'],
  'POST /api/admin/rooms/:roomId/close': [],
  'POST /api/admin/rooms/:roomId/announce': ['judge'],
  'POST /api/admin/announcements': ['judge'],
  'GET /api/admin/submissions': ['judge'],
  'POST /api/admin/rejudges': ['judge'],
  'GET /api/admin/rejudges': ['judge'],
  'GET /api/admin/dead-letters': ['judge'],
  'POST /api/admin/dead-letters': ['judge'],
  'GET /api/admin/state': ['judge'],
  'GET /api/admin/problems': ['judge', 'setter'],
  'POST /api/admin/problems': ['setter'],
  'PATCH /api/admin/problems': ['setter'],
  'DELETE /api/admin/problems': ['setter'],
  'PUT /api/admin/problems': ['setter'],
  'POST /api/admin/statements': ['setter'],
  'GET /api/admin/analytics': ['judge', 'setter'],
  'GET /api/admin/audit': [],
};

let server: TestServer;
const people = new Map<Role, Player>();
beforeAll(async () => {
  server = await startServer();
  for (const role of ['player', 'setter', 'judge', 'admin'] as const) people.set(role, await staff(server, role));
});
afterAll(() => server.close());

describe.each(Object.keys(ADMIN_ROUTES))('%s', (name) => {
  const [method, path] = name.split(' ') as [string, string];
  // A thing that is not there and a body that fits nothing: whoever is let in hears of that.
  const filled = path.replace(':index', '0').replace(':side', 'input').replace(/:\w+/g, 'none');
  const body = method === 'GET' || method === 'DELETE' ? undefined : '{"wrong":1}';

  it('is for those of our staff whose work it is, and for nobody else', async () => {
    const rule = Object.keys(DOORS)
      .filter((one) => name.startsWith(one))
      .toSorted((a, b) => b.length - a.length)[0]!;
    const expected: readonly Role[] = ['admin', ...DOORS[rule]!];
    for (const [role, player] of people) {
      const { status, code } = await send(player, method, filled, body);
      const isIn = !(status === 403 && code === 'auth.forbidden');
      expect({ role, isIn }).toEqual({ role, isIn: expected.includes(role) });
    }
  });

  it('is for nobody who has not signed in', async () => {
    const { status, body: answer } = await request(server.url, method, filled, body);
    expect([status, answer.error.code]).toEqual([401, 'auth.required']);
  });
});

it('is for nobody who plays himself, until that is over', async () => {
  for (const role of ['setter', 'judge', 'admin'] as const) {
    const player = await staff(server, role, `a ${role} who plays`);
    const { room } = (await player.post('/rooms', { settings: { password: null } })).body;
    const asked = await Promise.all(
      Object.keys(ADMIN_ROUTES).map(async (name) => {
        const [method, path] = name.split(' ') as [string, string];
        const filled = path.replace(':index', '0').replace(':side', 'input').replace(/:\w+/g, 'none');
        return (await send(player, method, filled, method === 'GET' || method === 'DELETE' ? undefined : '{}')).code;
      }),
    );
    const refusals = new Set(['auth.forbidden', 'player.already-in-a-room']);
    expect(asked.filter((code) => !refusals.has(code!))).toEqual([]);
    expect(asked).toContain('player.already-in-a-room');
    await player.post(`/rooms/${room.id}/leave`, {});
    expect((await player.get('/admin/analytics')).status).toBe(200);
  }
});

it.each(['judge', 'admin'] as const)(
  'lets a %s who plays into no room of others, and to no code in it',
  async (role) => {
    const [player, rival, ann, ben] = [
      await staff(server, role, `another ${role} who plays`),
      ...(await Promise.all(['Rival', 'Ann', 'Ben'].map((name) => server.guest(name)))),
    ] as [Player, Player, Player, Player];
    const theirs = await startFor(ann, ben);
    const id = await submit(ann, theirs.id, SUM);
    const paths = ['', '/leaderboard', '/events', '/stream', '/problems', '/submissions'].map(
      (path) => `/rooms/${theirs.id}${path}`,
    );
    const statuses = () =>
      Promise.all(
        [...paths, `/submissions/${id}`].map(async (path) => {
          const stop = new AbortController();
          const { status } = await fetch(`${server.url}/api${path}`, { headers: player.headers, signal: stop.signal });
          stop.abort();
          return status;
        }),
      );
    const socket = player.connect();
    const watches = async () => (await ask(socket, 'room:watch', { roomId: theirs.id })).ok;
    expect([await statuses(), await watches()]).toEqual([Array(7).fill(200), true]);
    const own = await startFor(player, rival);
    expect([await statuses(), await watches()]).toEqual([Array(7).fill(404), false]);
    expect((await player.get(`/rooms/${own.id}`)).status).toBe(200);
    await player.post(`/rooms/${own.id}/resign`);
    expect([await statuses(), await watches()]).toEqual([Array(7).fill(200), true]);
  },
);
