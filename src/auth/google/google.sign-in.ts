import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { InternalOAuthError } from 'passport-oauth2';
import { Refusal } from '../../contract/refusals';
import type { SignInEnding } from '../../contract/sign-in';
import { newId } from '../../new-id';
import { Clock } from '../../ports';
import type { UserRow } from '../../store/tables/people';
import { type Identity, UserStore } from '../../store/user.store';
import { AuthSettings, type GoogleClient } from '../auth.settings';
import { Sessions, type SignedInUser } from '../sessions.service';
import { type Departure, Departures } from './departures';
import { GoogleOutage } from './google.exchange';
import { GoogleStrategy, type Leaving, newLeaving } from './google.strategy';
import { identityOf, type Proof, SignInFailure } from './identity';

/** Signing in with Google: people leave for it, and come back with a proof of who they are. */
@Injectable()
export class GoogleSignIn {
  private readonly client: GoogleClient | null;
  private readonly passport = new Passport();

  constructor(
    { google }: AuthSettings,
    departures: Departures,
    private readonly sessions: Sessions,
    private readonly users: UserStore,
    private readonly clock: Clock,
  ) {
    this.client = google;
    if (google) this.passport.use('google', new GoogleStrategy(google, departures));
  }

  /** Sends a browser to Google, to come back to `returnTo`. @throws {Refusal} auth.forbidden where Google is not set up */
  async leave(request: Request, response: Response, returnTo: string, refreshToken: string | undefined): Promise<void> {
    if (!this.client) throw new Refusal('auth.forbidden');
    const state: Leaving = newLeaving(returnTo, await this.sessions.idOf(refreshToken));
    const leave = this.passport.authenticate('google', { session: false, state } as object) as RequestHandler;
    await new Promise((resolve, reject) => {
      response.once('close', resolve);
      void leave(request, response, reject);
    });
  }

  /**
   * Signs in whoever comes back with a proof, and ends what his browser was signed into: nobody who knew
   * that session goes on as him.
   *
   * @throws {SignInFailure}
   */
  async arrive(
    request: Request,
    departure: Departure,
    agent: string | null,
  ): Promise<SignedInUser & { ending: SignInEnding }> {
    if (!this.client) throw new SignInFailure('failed', 'Google is not set up here');
    const proof = await this.proofFrom(request);
    const identity = identityOf(proof, this.client, departure.nonce, this.clock.now());
    const { user, ending } = await this.userOf(identity, departure);
    if (user.bannedAt !== null) throw new SignInFailure('banned', 'This account is banned');
    const signedIn = await this.sessions.open(user, agent);
    if (departure.sessionId !== null) await this.sessions.end(departure.sessionId);
    return { ...signedIn, ending };
  }

  /** Who has this identity here: whoever had it before, else the guest who left with it in mind, else somebody new. */
  private async userOf(identity: Identity, { sessionId }: Departure): Promise<{ user: UserRow; ending: SignInEnding }> {
    const guest = sessionId === null ? null : await this.sessions.guestOf(sessionId);
    const known = await this.users.identified(identity);
    if (known) return { user: known, ending: guest ? 'existing' : 'done' };
    if (guest && (await this.users.identify(guest.id, identity)))
      return { user: (await this.users.find(guest.id))!, ending: 'linked' };
    return { user: await this.users.insertIdentified(newId('user'), identity), ending: 'done' };
  }

  private proofFrom(request: Request): Promise<Proof> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, proof: Proof | false | null | undefined) => {
        if (proof) resolve(proof);
        else reject(failureOf(error));
      };
      const arrive = this.passport.authenticate('google', { session: false }, done) as RequestHandler;
      void arrive(request, request.res!, reject);
    });
  }
}

/** Whatever the exchange with Google fails by: all of it is Google's no, or what it said was not understood. */
function failureOf(error: unknown): SignInFailure {
  const cause: unknown = error instanceof InternalOAuthError ? error.oauthError : error;
  if (cause instanceof GoogleOutage) return new SignInFailure('unavailable', cause.message);
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  return new SignInFailure('failed', `The exchange with Google failed: ${name ?? 'refused'} ${code ?? ''}`.trim());
}
