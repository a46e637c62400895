import { RedisConnection } from '../../src/adapters/redis/redis.connection';
import { Refusal } from '../../src/contract/refusals';
import { Limits } from '../../src/http/limits';
import { eventually } from '../support/eventually';
import { OwnRedis } from '../support/redis';

const MOST = 5;

let server: OwnRedis;
const connections: RedisConnection[] = [];
beforeAll(async () => {
  server = await OwnRedis.start();
});
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});
afterAll(() => server.stop());

async function connect(): Promise<RedisConnection> {
  const connection = await RedisConnection.open(server.url, () => undefined);
  connections.push(connection);
  return connection;
}
const shared = async () => new Limits(true, { redis: (await connect()).publisher, prefix: 'test:' });

let people = 0;
const somebody = () => `user_${++people}`;
const spend = (limits: Limits, key: string) =>
  limits.spend('wrong-password', key).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal && error.code === 'rate.limited') return false;
      throw error;
    },
  );
/** How many of so many attempts are let through, one after the other, through each in turn. */
async function letThrough(attempts: number, key: string, ...processes: Limits[]): Promise<number> {
  let through = 0;
  for (let n = 0; n < attempts; n += 1) if (await spend(processes[n % processes.length]!, key)) through += 1;
  return through;
}
const counted = (key: string) =>
  server.ask(async (client) => Number(await client.get(`test:limit:wrong-password:${key}`)));

describe.each([
  { name: 'in memory', make: () => Promise.resolve(new Limits(true, null)) },
  { name: 'shared through Redis', make: shared },
])('limits $name', ({ make }) => {
  it('let through as many as they say, however many come at once', async () => {
    const [limits, key] = [await make(), somebody()];
    const all = await Promise.all(Array.from({ length: 40 }, () => spend(limits, key)));
    expect(all.filter(Boolean)).toHaveLength(MOST);
    expect(await spend(limits, key)).toBe(false);
  });

  it('say how long to wait', async () => {
    const [limits, key] = [await make(), somebody()];
    await letThrough(MOST, key, limits);
    const refused = await limits.spend('wrong-password', key).catch((error: unknown) => error as Refusal);
    expect(refused).toMatchObject({ code: 'rate.limited', retryAfterSeconds: expect.any(Number) });
    await expect(limits.check('wrong-password', key)).rejects.toMatchObject({ code: 'rate.limited' });
  });

  it('keep people apart', async () => {
    const limits = await make();
    await letThrough(MOST + 1, somebody(), limits);
    expect(await letThrough(MOST + 1, somebody(), limits)).toBe(MOST);
  });

  it('give back what turned out to be none', async () => {
    const [limits, key] = [await make(), somebody()];
    for (let n = 0; n < 3 * MOST; n += 1) {
      expect(await spend(limits, key)).toBe(true);
      await limits.refund('wrong-password', key);
    }
    expect(await letThrough(MOST + 1, key, limits)).toBe(MOST);
  });
});

describe('limits of two processes', () => {
  it('count together: what one has let through, the other knows as soon as he has been asked', async () => {
    const [here, there, key] = [await shared(), await shared(), somebody()];
    expect(await letThrough(MOST, key, here)).toBe(MOST);
    await eventually('all is counted', async () => (await counted(key)) === MOST);
    // He decides by what he knows, and what he knows he learns from his first answer.
    expect(await spend(there, key)).toBe(true);
    const knows = () =>
      there.check('wrong-password', key).then(
        () => false,
        () => true,
      );
    await eventually('the other knows', knows);
    expect(await letThrough(10, key, here, there)).toBe(0);
  });

  it('at once let through no more than each by itself would', async () => {
    const [here, there, key] = [await shared(), await shared(), somebody()];
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => spend(n % 2 ? here : there, key)));
    expect(all.filter(Boolean).length).toBeLessThanOrEqual(2 * MOST);
  });
});

describe('limits without Redis', () => {
  it('still hold, at once, and are counted together again when it is back', async () => {
    const connection = await connect();
    const limits = new Limits(true, { redis: connection.publisher, prefix: 'test:' });
    server.kill();
    await eventually('it is noticed', () => !connection.isConnected);
    const key = somebody();
    expect(await letThrough(3 * MOST, key, limits)).toBe(MOST);
    await server.start();
    await eventually('it is back', () => connection.isConnected);
    const other = somebody();
    await spend(limits, other);
    await eventually('it is counted', async () => (await counted(other)) === 1);
  });

  it('that is frozen still hold, and keep nobody waiting', async () => {
    const [limits, key] = [await shared(), somebody()];
    server.freeze();
    const began = performance.now();
    expect(await letThrough(3 * MOST, key, limits)).toBe(MOST);
    expect(performance.now() - began).toBeLessThan(1_000);
    server.thaw();
  });
});
