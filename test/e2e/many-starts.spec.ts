import { expectDone, openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { DATABASE_CONNECTIONS: '2' } });
});
afterAll(() => server.close());

describe('more contests started at once than there are connections to the database', () => {
  it('all start: none holds a connection while it waits for another', async () => {
    const rooms = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const players = [await server.guest(`Ann ${index}`), await server.guest(`Ben ${index}`)] as const;
        const { id } = await openFor(...players, { password: null });
        for (const player of players) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
        return { id, host: players[0] };
      }),
    );
    await Promise.all(rooms.map(({ id, host }) => expectDone(host.post(`/rooms/${id}/start`))));
  });
});
