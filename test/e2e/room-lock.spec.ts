import { RoomStore, type Change } from '../../src/store/room.store';
import type { RoomId } from '../../src/contract/terms';
import { openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('a change that has to wait for the one before it', () => {
  it('sees all that the other wrote, and not the room as it was when it began to wait', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const roomId = (await openFor(ann, ben)).id as RoomId;
    const store = server.app.get(RoomStore);
    const readiness: boolean[] = [];
    // More than one waits at a time: each sees the room after the others before it.
    const toggle = () =>
      store.change(roomId, ({ room }): Change => {
        const [player] = room.players;
        readiness.push(player!.ready);
        const { userId, name, seat, ready } = player!;
        return { happenings: [{ type: 'player.ready', data: { userId, name, seat, ready: !ready } }] };
      });
    const before = (await store.get(roomId)).room.seq;
    await Promise.all(Array.from({ length: 12 }, toggle));
    expect(readiness).toEqual(readiness.map((_, index) => index % 2 === 1));
    expect((await store.get(roomId)).room.seq).toBe(before + 12);
  });
});
