import { randomUUID } from 'node:crypto';
import type { RoomEvent } from '../../contract/events';
import type { RoomId, UserId } from '../../contract/terms';
import { RoomBus, type Attendance, type BusState, type PersonalNotice } from '../../ports';
import { MemoryRoomBus } from '../embedded/memory.bus';
import { isAttendance, isEventOf, isNotice, parsed } from './messages';
import type { RedisConnection } from './redis.connection';

/** Where something is said: `room:` and `user:` with an id, or who is present. */
type Topic = `room:${RoomId}` | `user:${UserId}` | 'presence';

const MOST_ON_THE_WAY = 10_000;
const TOPICS_AT_ONCE = 1_000;

/**
 * The bus of many processes. Within this one it is the bus of a single process, at its speed and
 * whatever becomes of Redis; beside that everything is said to the others, who listen on the channels
 * they have listeners for. What is said while Redis is away, or stuck, is lost to them; rooms are then
 * announced as a gap, as they are whenever a channel is newly heard.
 */
export class RedisRoomBus extends RoomBus {
  private readonly here = new MemoryRoomBus();
  /** What this process says itself comes back to it, begins like this and is not listened to. */
  private readonly mine = `{"from":"${randomUUID()}",`;
  private readonly listeners = new Map<Topic, number>();
  private joining = new Set<Topic>();
  private missed: (rooms: readonly RoomId[]) => void = () => undefined;
  private onTheWay = 0;

  /** @param prefix begins every channel, for several installations on one Redis: its databases do not keep channels apart. */
  constructor(
    private readonly redis: RedisConnection,
    private readonly prefix: string,
  ) {
    super();
    redis.subscriber.on('message', (channel, text) => this.hear(channel, text));
    redis.subscriber.on('ready', () => this.join([...this.listeners.keys()]));
  }

  publish(event: RoomEvent): void {
    this.here.publish(event);
    this.say(`room:${event.roomId}`, event);
  }

  async subscribe(roomId: RoomId, listener: (event: RoomEvent) => void): Promise<() => void> {
    return this.listenOn(`room:${roomId}`, await this.here.subscribe(roomId, listener));
  }

  tell(userId: UserId, notice: PersonalNotice): void {
    this.here.tell(userId, notice);
    this.say(`user:${userId}`, notice);
  }

  async listen(userId: UserId, listener: (notice: PersonalNotice) => void): Promise<() => void> {
    return this.listenOn(`user:${userId}`, await this.here.listen(userId, listener));
  }

  attend(attendance: Attendance): void {
    this.here.attend(attendance);
    this.say('presence', attendance);
  }

  onAttendance(listener: (attendance: Attendance) => void): void {
    this.here.onAttendance(listener);
    this.listenOn('presence', () => undefined);
  }

  onGap(listener: (rooms: readonly RoomId[]) => void): void {
    this.missed = listener;
  }

  state(): BusState {
    return this.redis.isConnected
      ? { connected: true, says: 'Redis' }
      : { connected: false, says: 'Redis does not answer; this process is on its own' };
  }

  close(): Promise<void> {
    this.listeners.clear();
    return this.here.close();
  }

  private say(topic: Topic, body: object): void {
    // Nothing is kept for later; and where the connection is stuck, the pile ends here.
    if (this.redis.publisher.status !== 'ready' || this.onTheWay >= MOST_ON_THE_WAY) return;
    this.onTheWay += 1;
    const arrived = () => void (this.onTheWay -= 1);
    const text = `${this.mine}"body":${JSON.stringify(body)}}`;
    // A message may be lost: the log has it, and whoever listens compares positions.
    this.redis.publisher.publish(this.prefix + topic, text).then(arrived, arrived);
  }

  private hear(channel: string, text: string): void {
    if (!channel.startsWith(this.prefix) || text.startsWith(this.mine)) return;
    const topic = channel.slice(this.prefix.length) as Topic;
    if (!this.listeners.has(topic)) {
      this.leave(topic);
      return;
    }
    const { body } = Object(parsed(text)) as { body?: unknown };
    if (topic === 'presence') {
      if (isAttendance(body)) this.here.attend(body);
    } else if (topic.startsWith('user:')) {
      if (isNotice(body)) this.here.tell(topic.slice('user:'.length) as UserId, body);
    } else if (isEventOf(topic.slice('room:'.length) as RoomId, body)) {
      this.here.deliver(body);
    }
  }

  /** From the first listener on, to the last. Returns what ends this one. */
  private listenOn(topic: Topic, off: () => void): () => void {
    const count = this.listeners.get(topic) ?? 0;
    this.listeners.set(topic, count + 1);
    if (count === 0) this.joinSoon(topic);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      off();
      const left = (this.listeners.get(topic) ?? 0) - 1;
      if (left > 0) this.listeners.set(topic, left);
      else if (this.listeners.delete(topic)) this.leave(topic);
    };
  }

  /** Also what was left while there was no connection, when it is heard again. */
  private leave(topic: Topic): void {
    if (/^(room|user):/.test(topic) && this.redis.subscriber.status === 'ready')
      void this.redis.subscriber.unsubscribe(this.prefix + topic);
  }

  /** Those of one turn together. */
  private joinSoon(topic: Topic): void {
    if (this.joining.size === 0)
      setImmediate(() => {
        const topics = [...this.joining].filter((one) => this.listeners.has(one));
        this.joining = new Set();
        this.join(topics);
      });
    this.joining.add(topic);
  }

  /** Without a connection nothing is asked: once there is one, all are. */
  private join(topics: readonly Topic[]): void {
    if (this.redis.subscriber.status !== 'ready') return;
    for (let start = 0; start < topics.length; start += TOPICS_AT_ONCE) {
      const some = topics.slice(start, start + TOPICS_AT_ONCE);
      const rooms = some.flatMap((topic) => (topic.startsWith('room:') ? [topic.slice('room:'.length) as RoomId] : []));
      const heard = () => rooms.length > 0 && this.missed(rooms);
      // Where the connection is lost before the answer, the next one asks again.
      this.redis.subscriber.subscribe(...some.map((topic) => this.prefix + topic)).then(heard, () => undefined);
    }
  }
}
