import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal } from '../contract/refusals';
import { GuestSignIn, Nothing } from '../contract/requests';
import type { SessionId } from '../contract/terms';
import { Address } from '../http/address';
import { Limits } from '../http/limits';
import { Shape } from '../http/shape.pipe';
import type { UserRow } from '../store/tables/people';
import { agentOf } from './agent';
import { AuthSettings } from './auth.settings';
import { Cookies } from './cookies';
import { publicUser, Sessions, type SignedInUser } from './sessions.service';
import { May, Me, MySession } from './user.guard';

@May('session.own')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly sessions: Sessions,
    private readonly limits: Limits,
    private readonly settings: AuthSettings,
    private readonly cookies: Cookies,
  ) {}

  @May('session.open')
  @Get('providers')
  providers() {
    return { google: this.settings.google !== null, guests: this.settings.guests };
  }

  @May('session.open')
  @Post('guest')
  @HttpCode(201)
  async guest(
    @Address() address: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(GuestSignIn)) { name }: { name: string },
  ) {
    if (!this.settings.guests) throw new Refusal('auth.forbidden');
    await this.limits.spend('sign-in', address);
    return this.answer(response, await this.sessions.signInGuest(name, agentOf(request.headers['user-agent'])));
  }

  /** Counted for the session it is of: who shares an address with others is not kept out by them. */
  @May('session.renew')
  @Post('refresh')
  @HttpCode(200)
  async refresh(
    @Address() address: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(Nothing)) _: unknown,
  ) {
    const token = this.cookies.read(request, 'refresh');
    await this.limits.spend('refresh', (await this.sessions.idOf(token)) ?? address);
    return this.answer(response, await this.sessions.refresh(token));
  }

  @Post('logout')
  @HttpCode(204)
  async logout(
    @MySession() sessionId: SessionId,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.sessions.end(sessionId);
    this.cookies.clear(response, 'refresh');
  }

  @Post('logout-everywhere')
  @HttpCode(204)
  async logoutEverywhere(
    @Me() { id }: UserRow,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.sessions.endAll(id);
    this.cookies.clear(response, 'refresh');
  }

  private answer(response: Response, { refresh, user, accessToken, expiresAt }: SignedInUser) {
    this.cookies.set(response, 'refresh', refresh);
    return { accessToken, expiresAt, user: publicUser(user) };
  }
}
