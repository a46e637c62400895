import { Connections } from '../../src/realtime/connections';
import { eventually } from '../support/eventually';
import { RawSocket } from '../support/raw-socket';
import { openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('a client who does not read', () => {
  it('is cut off, and others hear everything', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await openFor(ann, ben);
    const raw = await RawSocket.connect(server.url, ann.token);
    const benSees = await ben.watch(room.id);
    const connections = server.app.get(Connections);
    const before = connections.size;
    const stream = (raw.ws as unknown as { _socket: { pause(): void; resume(): void } })._socket;
    stream.pause();
    const trial = { filler: 'x'.repeat(10_000) };
    for (let n = 0; n < 3_000; n++) server.world.bus.tell(ann.id as `user_${string}`, { name: 'trial:done', trial });
    await ann.post(`/rooms/${room.id}/ready`, { ready: true });
    await benSees.until((event) => event.type === 'player.ready' && event.data.userId === ann.id);
    await eventually('it is cut off', () => connections.size < before);
    stream.resume();
    await raw.closed();
    expect(raw.frames.length).toBeLessThan(3_000);
  });
});
