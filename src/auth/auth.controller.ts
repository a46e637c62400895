import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { Refusal } from '../contract/refusals';
import { GuestSignIn, Nothing } from '../contract/requests';
import type { SessionId } from '../contract/terms';
import { Limits } from '../http/limits';
import { Shape } from '../http/shape.pipe';
import { AuthSettings } from './auth.settings';
import { publicUser, Sessions, type SignedInUser } from './sessions.service';
import { MySession, Open } from './user.guard';

@Controller('api/auth')
export class AuthController {
  private readonly cookie: { readonly name: string; readonly options: CookieOptions };

  constructor(
    private readonly sessions: Sessions,
    private readonly limits: Limits,
    private readonly settings: AuthSettings,
  ) {
    const { secure } = settings;
    this.cookie = {
      name: secure ? '__Host-joust_refresh' : 'joust_refresh',
      // A __Host- cookie has to be valid for the whole host; a plain one need not be.
      options: { httpOnly: true, sameSite: 'lax', secure, path: secure ? '/' : '/api/auth' },
    };
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
    return this.answer(response, await this.sessions.signInGuest(name));
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
    const cookies = request.cookies as Readonly<Record<string, unknown>>;
    const token = cookies[this.cookie.name];
    return this.answer(response, await this.sessions.refresh(typeof token === 'string' ? token : undefined));
  }

  @Post('logout')
  @HttpCode(204)
  async logout(
    @MySession() sessionId: SessionId,
    @Res({ passthrough: true }) response: Response,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.sessions.end(sessionId);
    response.clearCookie(this.cookie.name, this.cookie.options);
  }

  private answer(response: Response, { refresh, user, accessToken, expiresAt }: SignedInUser) {
    response.cookie(this.cookie.name, refresh.token, { ...this.cookie.options, expires: new Date(refresh.expiresAt) });
    response.setHeader('Cache-Control', 'no-store');
    return { accessToken, expiresAt, user: publicUser(user) };
  }
}
