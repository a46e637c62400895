import { createAdapter } from '@socket.io/redis-adapter';
import type { RedisConnection } from './redis.connection';

/** Socket.IO's own channels between processes. For control alone: room events go over the bus, and to local sockets. */
export const socketControl = ({ publisher, subscriber }: RedisConnection, prefix: string) =>
  createAdapter(publisher, subscriber, { key: `${prefix}socket.io` });
