import { startFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('a cursor', () => {
  it('that we did not make is refused, whatever is in it', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const { id } = await startFor(ann, ben);
    const forged = [
      ...['nonsense', cursor(), cursor({}), cursor(1.5), cursor('x', 'y'), cursor(1e300), cursor('\0')].flatMap(
        (one) => [`/rooms/${id}/submissions?cursor=${one}`, `/users/${ann.id}/history?cursor=${one}`],
      ),
      `/users/${ann.id}/history?cursor=${cursor(1.5, 'room_1')}`,
      `/users/${ann.id}/history?cursor=${cursor(1, '\0')}`,
      `/problems?cursor=${cursor('\0')}`,
      `/problems?cursor=${cursor(1)}`,
    ];
    for (const path of forged) {
      const { status, body } = await ann.get(path);
      expect({ path, status, code: body.error?.code }).toEqual({ path, status: 400, code: 'request.malformed' });
    }
  });

  it('from beyond the end finds nothing', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const { id } = await startFor(ann, ben);
    for (const position of [Number.MAX_SAFE_INTEGER, 2 ** 31]) {
      const { status, body } = await ann.get(`/rooms/${id}/submissions?cursor=${cursor(position)}`);
      expect({ status, body }).toEqual({ status: 200, body: { items: [], next: null } });
    }
  });
});

describe('a log longer than one answer', () => {
  it('says where to go on, and is whole when one has', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const { id } = await startFor(ann, ben);
    const { body } = await ann.get(`/rooms/${id}`);
    const last = Number(body.seq) + 12_000;
    await server.world.db.manager.query(
      `INSERT INTO room_events (room_id, seq, at, type, data)
        SELECT $1, n, 1, 'announcement.posted', '{"text":""}' FROM generate_series($2::int, $3::int) n`,
      [id, Number(body.seq) + 1, last],
    );
    await server.world.db.manager.query('UPDATE rooms SET seq = $2 WHERE id = $1', [id, last]);
    const seen: number[] = [];
    let after = 0;
    for (let asked = 0; after < last && asked < 5; asked += 1) {
      const { body: part } = await ann.get(`/rooms/${id}/events?after=${after}`);
      seen.push(...part.events.map(({ seq }: { seq: number }) => seq));
      after = part.seq;
    }
    expect(seen).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  });
});
