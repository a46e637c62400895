import { setImmediate } from 'node:timers/promises';
import { MemoryRoomBus } from '../../src/adapters/embedded/memory.bus';
import { RedisRoomBus } from '../../src/adapters/redis/redis.bus';
import { RedisConnection } from '../../src/adapters/redis/redis.connection';
import type { RoomEvent } from '../../src/contract/events';
import type { RoomId } from '../../src/contract/terms';
import type { Attendance, PersonalNotice, RoomBus } from '../../src/ports';
import { eventually } from '../support/eventually';
import { OwnRedis } from '../support/redis';

/** Every implementation, as two processes see it; where there is but one process both are the same. */
interface Implementation {
  readonly name: string;
  readonly open: () => Promise<{
    readonly here: RoomBus;
    readonly there: RoomBus;
    readonly close: () => Promise<unknown>;
  }>;
}

const memory: Implementation = {
  name: 'MemoryRoomBus',
  open: () => {
    const bus = new MemoryRoomBus();
    return Promise.resolve({ here: bus, there: bus, close: () => bus.close() });
  },
};

let server: OwnRedis;
beforeAll(async () => {
  server = await OwnRedis.start();
});
afterAll(() => server.stop());
const redis: Implementation = {
  name: 'RedisRoomBus',
  open: async () => {
    const connect = () => RedisConnection.open(server.url, () => undefined);
    const connections = [await connect(), await connect()] as const;
    const here = new RedisRoomBus(connections[0], 'test:');
    const there = new RedisRoomBus(connections[1], 'test:');
    const close = () => Promise.all([here, there, ...connections].map((one) => one.close()));
    return { here, there, close };
  },
};

const event = (roomId: RoomId, seq = 1): RoomEvent => ({
  ...{ roomId, seq, at: 1_770_000_000_000, type: 'announcement.posted' },
  data: { text: 'Zeit läuft \u2028 \u{1f3c1}' },
});
const notice: PersonalNotice = { name: 'submission:progress', submissionId: 'sub_1', done: 1, of: 2 };

const attendance: Attendance = { process: 'here', present: { room_1: ['user_1', 'user_2'], room_2: [] }, whole: true };

describe.each([memory, redis])('$name', ({ open }) => {
  let here: RoomBus;
  let there: RoomBus;
  let close: () => Promise<unknown>;
  beforeEach(async () => {
    ({ here, there, close } = await open());
  });
  afterEach(() => close());

  /** Whether everything published until now has been heard where it can be: what comes after it has. */
  async function settled(): Promise<void> {
    let through = false;
    const off = await there.subscribe('room_last', () => (through = true));
    await eventually('the bus is quiet', () => through, { again: () => here.publish(event('room_last')) });
    off();
    await setImmediate();
  }

  it('brings an event, whole, to every listener of its room', async () => {
    const [first, second]: [RoomEvent[], RoomEvent[]] = [[], []];
    await there.subscribe('room_1', (one) => first.push(one));
    await here.subscribe('room_1', (one) => second.push(one));
    const sent = event('room_1');
    await eventually('both hear it', () => first.length > 0 && second.length > 0, { again: () => here.publish(sent) });
    expect([first[0], second[0]]).toEqual([sent, sent]);
  });

  it('keeps rooms apart, and people from rooms', async () => {
    const heard: unknown[] = [];
    await there.subscribe('room_2', (one) => heard.push(one));
    await there.listen('user_1', (one) => heard.push(one));
    here.publish(event('room_1'));
    here.tell('user_2', notice);
    await settled();
    expect(heard).toEqual([]);
  });

  it('brings a notice to its user wherever he is connected', async () => {
    const [first, second]: [PersonalNotice[], PersonalNotice[]] = [[], []];
    await there.listen('user_1', (one) => first.push(one));
    await here.listen('user_1', (one) => second.push(one));
    await eventually('both hear it', () => first.length > 0 && second.length > 0, {
      again: () => here.tell('user_1', notice),
    });
    expect([first[0], second[0]]).toEqual([notice, notice]);
  });

  it('brings who is present, whole, to every process', async () => {
    const [first, second]: [Attendance[], Attendance[]] = [[], []];
    there.onAttendance((one) => first.push(one));
    here.onAttendance((one) => second.push(one));
    await eventually('both hear it', () => first.length > 0 && second.length > 0, {
      again: () => here.attend(attendance),
    });
    expect([first[0], second[0]]).toEqual([attendance, attendance]);
  });

  it('brings what is published in a row in that order, and once', async () => {
    const heard: number[] = [];
    await there.subscribe('room_1', ({ seq }) => heard.push(seq));
    await settled();
    for (let seq = 1; seq <= 200; seq += 1) here.publish(event('room_1', seq));
    await eventually('the last is heard', () => heard.includes(200));
    expect(heard).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('tells nothing more to whoever has stopped listening, and still everything to the others', async () => {
    const [gone, stays]: [unknown[], unknown[]] = [[], []];
    const offs = [
      await there.subscribe('room_1', (one) => gone.push(one)),
      await there.listen('user_1', (one) => gone.push(one)),
    ];
    await there.subscribe('room_1', (one) => stays.push(one));
    for (const off of offs) off();
    const say = () => {
      here.publish(event('room_1'));
      here.tell('user_1', notice);
    };
    await eventually('the other hears it', () => stays.length > 0, { again: say });
    await settled();
    expect(gone).toEqual([]);
  });

  it('takes a second stop for the first, and somebody may listen again', async () => {
    const heard: RoomEvent[] = [];
    const off = await there.subscribe('room_1', () => undefined);
    off();
    off();
    await there.subscribe('room_1', (one) => heard.push(one));
    await eventually('it is heard', () => heard.length > 0, { again: () => here.publish(event('room_1')) });
  });

  it('never waits for a listener', async () => {
    let heard = 0;
    await here.subscribe('room_1', () => (heard += 1));
    await here.listen('user_1', () => (heard += 1));
    here.publish(event('room_1'));
    here.tell('user_1', notice);
    expect(heard).toBe(0);
  });

  it('reaches the others', () => {
    expect([here.state().connected, there.state().connected]).toEqual([true, true]);
  });

  it('takes what nobody listens to, and what comes after its end', async () => {
    here.publish(event('room_1'));
    here.tell('user_1', notice);
    await here.close();
    expect(() => {
      here.publish(event('room_1'));
      here.tell('user_1', notice);
    }).not.toThrow();
  });

  it('is silent once it is closed', async () => {
    const heard: unknown[] = [];
    await here.subscribe('room_1', (one) => heard.push(one));
    here.publish(event('room_1'));
    await here.close();
    const before = heard.length;
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(heard).toHaveLength(before);
  });
});
