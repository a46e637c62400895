import { createServer } from 'node:net';
import { openDatabase } from '../../src/store/database';
import { isUnreachable } from '../../src/store/unreachable';
import { onEveryPostgres } from '../support/database';
import { Stores } from '../support/stores';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

onEveryPostgres((databases) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = new Stores(await databases.connect());
  });

  describe('a database', () => {
    it('that ends our connections in the middle of a change is out of reach, and the next change finds it again', async () => {
      const roomId = await stores.open(await stores.person('Ann'));
      const change = stores.ask(roomId, { do: 'announce', text: 'lost' }, (tx) =>
        tx.query('SELECT pg_terminate_backend(pg_backend_pid())'),
      );
      expect(isUnreachable(await failureOf(change))).toBe(true);
      expect(await stores.ask(roomId, { do: 'announce', text: 'kept' })).toMatchObject([{ seq: 3 }]);
    });

    it('that was closed is out of reach', async () => {
      await stores.db.destroy();
      expect(isUnreachable(await failureOf(stores.rooms.get('room_1')))).toBe(true);
    });

    it('that answers is within reach, whatever it answers', async () => {
      const wrong = ['SELECT nothing', `SELECT 'x'::int`, `SET LOCAL statement_timeout = 'soon'`];
      for (const sql of wrong) expect(isUnreachable(await failureOf(stores.query(sql)))).toBe(false);
      expect(isUnreachable(await failureOf(stores.rooms.get('room_1')))).toBe(false);
    });

    it('waits for none of our transactions for ever: neither a query nor a pause of a stopped process', async () => {
      const limit = (name: string) => stores.value<string>(`SHOW ${name}`);
      expect(await limit('statement_timeout')).toBe('30s');
      expect(await limit('idle_in_transaction_session_timeout')).toBe('10s');
    });
  });
});

it('a server where nobody listens is out of reach', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    }),
  );
  await new Promise((resolve) => server.close(resolve));
  const failure = await failureOf(openDatabase({ url: `postgres://joust@127.0.0.1:${port}/joust` }, 2));
  expect(isUnreachable(failure)).toBe(true);
});

it.each(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', '57P03', '53300'])(
  '%s says that the database is out of reach',
  (code) => {
    expect(isUnreachable(Object.assign(new Error('What a driver says'), { code }))).toBe(true);
  },
);
it.each(['40P01', '23505', '57014', undefined])('%s does not', (code) => {
  expect(isUnreachable(Object.assign(new Error('What a driver says'), { code }))).toBe(false);
});
