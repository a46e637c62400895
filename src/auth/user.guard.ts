import { createParamDecorator, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Instant, SessionId } from '../contract/terms';
import { Limits } from '../http/limits';
import type { UserRow } from '../store/tables/people';
import { Activity } from './activity';
import { Sessions } from './sessions.service';

const OPEN = 'joust:open';
/** Lets everybody in. Without it a route is for those who have signed in. */
export const Open = () => SetMetadata(OPEN, true);

interface Identified extends Request {
  joust?: { user: UserRow; sessionId: SessionId; expiresAt: Instant };
}

/** Nobody passes unknown, except where a route says so. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly activity: Activity,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(OPEN, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<Identified>();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const { user, sessionId, expiresAt } = await this.sessions.userOf(
      scheme?.toLowerCase() === 'bearer' ? token : undefined,
    );
    await this.limits.spend('request', user.id);
    this.activity.heard(user.id);
    request.joust = { user, sessionId, expiresAt };
    return true;
  }
}

const known = (context: ExecutionContext) => {
  const { joust } = context.switchToHttp().getRequest<Identified>();
  if (!joust) throw new Error('Who asks is known only where the guard has looked: the route is @Open');
  return joust;
};

/** Whoever asks. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): UserRow => known(context).user);
export const MySession = createParamDecorator(
  (_: unknown, context: ExecutionContext): SessionId => known(context).sessionId,
);

/** When the token of this request ends, for answers that go on. */
export const TokenExpiry = createParamDecorator(
  (_: unknown, context: ExecutionContext): Instant => known(context).expiresAt,
);
