import { createParamDecorator, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Refusal } from '../contract/refusals';
import type { Instant, SessionId } from '../contract/terms';
import { isStaffs, may, type Action } from '../core/policy';
import { networkOf } from '../http/address';
import { Limits } from '../http/limits';
import type { Actor } from '../store/audit.store';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { Activity } from './activity';
import { Sessions } from './sessions.service';

/** Under what a route keeps its action. */
export const ACTION = 'joust:action';
/** Names what a route does, for a whole controller or for one route where that differs: core/policy says who may. */
export const May = (action: Action) => SetMetadata(ACTION, action);

interface Identified extends Request {
  joust?: { user: UserRow; sessionId: SessionId; expiresAt: Instant };
}

/** Whoever asks whether we live asks often; and how often somebody renews his session is counted there. */
const UNCOUNTED: readonly (Action | undefined)[] = ['health.read', 'session.renew'];

/** Lets in whoever may do what a route does, as far as that depends on no room; our own staff while it does not play. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly activity: Activity,
    private readonly limits: Limits,
    private readonly rooms: RoomStore,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const action = this.reflector.getAllAndOverride<Action | undefined>(ACTION, places);
    const request = context.switchToHttp().getRequest<Identified>();
    const visit = () => this.limits.spend('visit', networkOf(request.ip));
    if (may(action, null)) {
      if (!UNCOUNTED.includes(action)) await visit();
      return true;
    }
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const bearer = scheme?.toLowerCase() === 'bearer' ? token : undefined;
    const { user, sessionId, expiresAt } = await this.sessions.userOf(bearer).catch(async (refusal: unknown) => {
      await visit();
      throw refusal;
    });
    await this.limits.spend('request', user.id);
    if (action === undefined || !may(action, user)) throw new Refusal('auth.forbidden');
    if (isStaffs(action) && (await this.rooms.plays(user.id))) throw new Refusal('player.already-in-a-room');
    this.activity.heard(user.id);
    request.joust = { user, sessionId, expiresAt };
    return true;
  }
}

const known = (context: ExecutionContext) => {
  const { joust } = context.switchToHttp().getRequest<Identified>();
  if (!joust) throw new Error('Who asks is known only where the guard has looked: not where anybody may come in');
  return joust;
};

/** Whoever asks. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): UserRow => known(context).user);
export const MySession = createParamDecorator(
  (_: unknown, context: ExecutionContext): SessionId => known(context).sessionId,
);
/** The same for the audit log. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  return { id: known(context).user.id, requestId: context.switchToHttp().getRequest<Request>().id };
});

/** When the token of this request ends, for answers that go on. */
export const TokenExpiry = createParamDecorator(
  (_: unknown, context: ExecutionContext): Instant => known(context).expiresAt,
);
