import { RedisRoomBus } from '../../src/adapters/redis/redis.bus';
import { RedisConnection } from '../../src/adapters/redis/redis.connection';
import type { RoomEvent } from '../../src/contract/events';
import type { RoomId } from '../../src/contract/terms';
import { eventually } from '../support/eventually';
import { OwnRedis } from '../support/redis';

const event = (seq: number, roomId: RoomId = 'room_1'): RoomEvent => ({
  ...{ roomId, seq, at: 1_770_000_000_000, type: 'announcement.posted' },
  data: { text: 'Hello' },
});

/** A process as far as the bus goes, and what it has noticed. */
class Process {
  readonly heard: RoomEvent[] = [];
  readonly gaps: RoomId[] = [];
  readonly said: string[] = [];

  private constructor(
    readonly connection: RedisConnection,
    readonly bus: RedisRoomBus,
    said: string[],
  ) {
    this.said = said;
    bus.onGap((rooms) => this.gaps.push(...rooms));
  }

  static async open(url: string): Promise<Process> {
    const said: string[] = [];
    const connection = await RedisConnection.open(url, (_, line) => said.push(line));
    return new Process(connection, new RedisRoomBus(connection, ''), said);
  }

  follow(roomId: RoomId = 'room_1'): Promise<() => void> {
    return this.bus.subscribe(roomId, (one) => this.heard.push(one));
  }

  get seqs(): number[] {
    return this.heard.map(({ seq }) => seq);
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.connection.close();
  }
}

let server: OwnRedis;
let here: Process;
let there: Process;
beforeEach(async () => {
  server = await OwnRedis.start();
  [here, there] = [await Process.open(server.url), await Process.open(server.url)];
});
afterEach(async () => {
  await Promise.all([here.close(), there.close()]);
  await server.stop();
});

const listening = (process: Process) => eventually('its room is heard', () => process.gaps.includes('room_1'));
const channels = () => server.ask((client) => client.pubsub('CHANNELS', '*') as Promise<string[]>);
/** The other hears what is said now, whatever was lost before. */
const reached = (seq: number) =>
  eventually(`${seq} arrives`, () => there.seqs.includes(seq), { again: () => here.bus.publish(event(seq)) });

describe('channels', () => {
  it('are heard only as long as somebody listens', async () => {
    const [first, second] = [await there.follow(), await there.follow()];
    const off = await there.bus.listen('user_1', () => undefined);
    const all = (...names: string[]) =>
      eventually(`there are ${names.join(', ')}`, async () => (await channels()).toSorted().join() === names.join());
    await all('room:room_1', 'user:user_1');
    first();
    off();
    await all('room:room_1');
    second();
    await all();
  });

  it('left while Redis was away are not heard when it is back', async () => {
    const [off] = [await there.follow(), await there.follow('room_2')];
    await eventually('both are heard', async () => (await channels()).length === 2);
    server.kill();
    await eventually('it is noticed', () => !there.connection.isConnected);
    off();
    await server.start();
    await eventually('the one is left', async () => (await channels()).join() === 'room:room_2', {
      again: () => here.bus.publish(event(1)),
    });
  });

  it('newly heard are a gap: what was said a moment before may have been missed', async () => {
    await there.follow();
    await listening(there);
    await reached(1);
  });

  it.each([
    '',
    'nonsense',
    'null',
    '[]',
    '{"from":"x"}',
    '{"from":"x","body":null}',
    '{"body":{"roomId":"room_1","seq":1,"at":1,"type":"announcement.posted"}}',
    '{"body":{"roomId":"room_2","seq":1,"at":1,"type":"announcement.posted","data":{}}}',
    '{"body":{"roomId":"room_1","seq":-1,"at":1,"type":"announcement.posted","data":{}}}',
    '{"body":{"roomId":"room_1","seq":1,"at":1,"type":"constructor","data":{}}}',
  ])('may carry what is none of ours: %s', async (text) => {
    await there.follow();
    const others: unknown[] = [];
    await there.bus.listen('user_1', (one) => others.push(one));
    there.bus.onAttendance((one) => others.push(one));
    await listening(there);
    await server.ask(async (client) => {
      for (const channel of ['room:room_1', 'user:user_1', 'presence', 'room:', 'socket.io-request#/#'])
        await client.publish(channel, text);
    });
    await reached(2);
    expect(there.seqs.filter((seq) => seq !== 2)).toEqual([]);
    expect(others).toEqual([]);
  });
});

describe('without Redis', () => {
  beforeEach(async () => {
    server.kill();
    await eventually('both have noticed', () => !here.connection.isConnected && !there.connection.isConnected);
  });

  it('a process hears itself, in order and once', async () => {
    await here.follow();
    for (let seq = 1; seq <= 1_000; seq += 1) here.bus.publish(event(seq));
    await eventually('all are heard', () => here.heard.length >= 1_000);
    expect(here.seqs).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  it('rooms are followed all the same, and heard when it is back', async () => {
    await there.follow();
    await server.start();
    await listening(there);
    await eventually('the other is back', () => here.connection.isConnected);
    await reached(1);
  });

  it('it is said once that it is lost, and once that it is back', async () => {
    const lost = (process: Process) => process.said.filter((line) => line.startsWith('Redis is lost'));
    expect([lost(here).length, here.bus.state().connected]).toEqual([1, false]);
    await server.start();
    await eventually('it is back', () => here.bus.state().connected);
    expect([lost(here).length, here.said.at(-1)]).toEqual([1, 'Redis answers; other processes are reached']);
  });

  it('a process can start, and end', async () => {
    const late = await Process.open(server.url);
    expect(late.said.join()).toContain('Redis does not answer');
    await late.follow();
    late.bus.publish(event(1));
    await eventually('it hears itself', () => late.heard.length === 1);
    await late.close();
  });
});

describe('connections that are', () => {
  beforeEach(async () => {
    await there.follow();
    await listening(there);
    there.gaps.length = 0;
  });

  it('cut come back, and what may have been missed is a gap', async () => {
    await server.cut();
    await listening(there);
    await reached(1);
    expect(there.connection.isConnected).toBe(true);
  });

  it('frozen keep nobody waiting, are given up, and heal', async () => {
    await here.follow();
    server.freeze();
    const began = performance.now();
    for (let seq = 1; seq <= 30_000; seq += 1) here.bus.publish(event(seq));
    expect(performance.now() - began).toBeLessThan(3_000);
    await eventually('all are heard where they were said', () => here.heard.length === 30_000);
    await eventually('it is noticed', () => !here.bus.state().connected && !there.bus.state().connected);
    server.thaw();
    await listening(there);
    await reached(30_001);
  });
});
