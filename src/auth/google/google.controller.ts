import { Controller, Get, Logger, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { SignInEnding } from '../../contract/sign-in';
import { LeaveForGoogle } from '../../contract/requests';
import { Address } from '../../http/address';
import { Limits } from '../../http/limits';
import { Shape } from '../../http/shape.pipe';
import { agentOf } from '../agent';
import { Cookies } from '../cookies';
import { May } from '../user.guard';
import { Departures, ownPath } from './departures';
import { GoogleSignIn } from './google.sign-in';
import { SignInFailure } from './identity';

/** A browser leaves for Google here, and comes back. No token is ever in an address. */
@May('session.open')
@Controller('api/auth/google')
export class GoogleController {
  private readonly log = new Logger('auth');

  constructor(
    private readonly google: GoogleSignIn,
    private readonly departures: Departures,
    private readonly cookies: Cookies,
    private readonly limits: Limits,
  ) {}

  @Get()
  async leave(
    @Address() address: string,
    @Req() request: Request,
    @Res() response: Response,
    @Query(new Shape(LeaveForGoogle)) { returnTo }: { returnTo?: string | undefined },
  ): Promise<void> {
    await this.limits.spend('sign-in', address);
    await this.google.leave(request, response, ownPath(returnTo), this.cookies.read(request, 'refresh'));
  }

  @Get('callback')
  async arrive(@Address() address: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.limits.spend('sign-in', address);
    const departure = this.departures.of(request);
    this.departures.forget(response);
    const ending = await this.endingOf(request, response, departure).catch((error: unknown) => {
      if (!(error instanceof SignInFailure)) throw error;
      this.log.warn({ request: request.id, ending: error.ending }, error.message);
      return error.ending;
    });
    response.redirect(withEnding(departure?.returnTo ?? '/', ending));
  }

  private async endingOf(
    request: Request,
    response: Response,
    departure: ReturnType<Departures['of']>,
  ): Promise<SignInEnding> {
    if (!departure) throw new SignInFailure('failed', 'This browser did not leave for Google, or too long ago');
    const { error, code } = request.query;
    if (error === 'access_denied') throw new SignInFailure('denied', 'Google was told no');
    if (error === 'temporarily_unavailable') throw new SignInFailure('unavailable', 'Google is not available');
    if (typeof code !== 'string') throw new SignInFailure('failed', 'Google has refused');
    const agent = agentOf(request.headers['user-agent']);
    const { refresh, ending } = await this.google.arrive(request, departure, agent);
    this.cookies.set(response, 'refresh', refresh);
    return ending;
  }
}

function withEnding(path: string, ending: SignInEnding): string {
  const { pathname, searchParams, hash } = new URL(path, 'http://joust');
  searchParams.set('sign-in', ending);
  return `${pathname}?${searchParams.toString()}${hash}`;
}
