import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Express, Request } from 'express';

/**
 * Whom limits take for one caller: an address of IPv4, or the /64 that one of IPv6 is in, since whoever has one
 * of those has all of them.
 */
export function networkOf(address = ''): string {
  const plain = address.replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined || !isIPv6(plain)) return mapped ?? plain;
  const [head, tail] = new URL(`http://[${plain}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter(Boolean));
  const left = tail === undefined ? 0 : 8 - head!.length - tail.length;
  const groups = [...head!, ...Array<string>(left).fill('0'), ...(tail ?? [])];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Where a request comes from, as limits see it. */
export const Address = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  networkOf(context.switchToHttp().getRequest<Request>().ip),
);

/** The same for a request that never becomes one of Express: proxies are believed as they are there. */
export function addressOf(express: Express, { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const request = Object.assign(Object.create(express.request) as Request, { headers, socket });
  return networkOf(request.ip);
}
