import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal } from '../contract/refusals';
import { GuestSignIn, Nothing } from '../contract/requests';
import type { SessionId } from '../contract/terms';
import { Limits } from '../http/limits';
import { Shape } from '../http/shape.pipe';
import type { UserRow } from '../store/tables/people';
import { agentOf } from './agent';
import { AuthSettings } from './auth.settings';
import { Cookies } from './cookies';
import { publicUser, Sessions, type SignedInUser } from './sessions.service';
import { Me, MySession, Open } from './user.guard';

@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly sessions: Sessions,
    private readonly limits: Limits,
    private readonly settings: AuthSettings,
    private readonly cookies: Cookies,
  ) {}

  @Open()
  @Get('providers')
  providers() {
    return { google: this.settings.google !== null, guests: this.settings.guests };
  }

  @Open()
  @Post('guest')
  @HttpCode(201)
  async guest(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(GuestSignIn)) { name }: { name: string },
  ) {
    if (!this.settings.guests) throw new Refusal('auth.forbidden');
    await this.limits.spend('sign-in', request.ip ?? '');
    return this.answer(response, await this.sessions.signInGuest(name, agentOf(request.headers['user-agent'])));
  }

  @Open()
  @Post('refresh')
  @HttpCode(200)
  async refresh(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(Nothing)) _: unknown,
  ) {
    await this.limits.spend('refresh', request.ip ?? '');
    return this.answer(response, await this.sessions.refresh(this.cookies.read(request, 'refresh')));
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
    response.setHeader('Cache-Control', 'no-store');
    return { accessToken, expiresAt, user: publicUser(user) };
  }
}
