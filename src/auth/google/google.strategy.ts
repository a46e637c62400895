import type { Request } from 'express';
import { Strategy, type Profile, type VerifyCallback } from 'passport-google-oauth20';
import type { StateStore, Metadata } from 'passport-oauth2';
import type { SessionId } from '../../contract/terms';
import type { GoogleClient } from '../auth.settings';
import { type Departures, newNonce } from './departures';
import { GoogleExchange } from './google.exchange';
import type { Proof } from './identity';

/** With what a browser is sent to Google. */
export interface Leaving {
  readonly nonce: string;
  readonly returnTo: string;
  readonly sessionId: SessionId | null;
}

/** What passport-google-oauth20 leaves to us: state, PKCE and nonce that are kept, and requests that end. */
export class GoogleStrategy extends Strategy {
  constructor({ id, secret, callbackUrl, provider }: GoogleClient, departures: Departures) {
    super(
      {
        clientID: id,
        clientSecret: secret,
        callbackURL: callbackUrl,
        authorizationURL: provider.authorizationUrl,
        tokenURL: provider.tokenUrl,
        userProfileURL: provider.userinfoUrl,
        scope: ['openid', 'email', 'profile'],
        pkce: true,
        store: stateStore(departures),
      },
      prove,
    );
    // In the address it would be in the provider's logs.
    this._oauth2.useAuthorizationHeaderforGET(true);
    Object.assign(this._oauth2, { _request: new GoogleExchange().request });
  }

  override authorizationParams({ state }: { readonly state: Leaving }): object {
    return { nonce: state.nonce };
  }
}

/** Who the proof is of is looked at where it is known what was asked. */
function prove(
  _: string,
  __: string,
  { id_token: idToken }: { readonly id_token?: unknown },
  { _json: userinfo }: Profile,
  done: VerifyCallback,
): void {
  const proof: Proof = { idToken, userinfo };
  done(null, proof);
}

type Stored = (error: Error | null, state: string) => void;
type Verified = (error: Error | null, verifier: string | false, departure?: object) => void;

/** As passport-oauth2 calls it where there is PKCE; its types know only how it does without. */
const stateStore = (departures: Departures): StateStore =>
  ({
    store: (request: Request, verifier: string, leaving: Leaving, _: Metadata, stored: Stored) =>
      stored(null, departures.note(request.res!, { ...leaving, verifier })),
    verify: (request: Request, _: string, verified: Verified) => {
      const departure = departures.of(request);
      if (departure) verified(null, departure.verifier, departure);
      else verified(null, false, {});
    },
  }) as unknown as StateStore;

export const newLeaving = (returnTo: string, sessionId: SessionId | null): Leaving => ({
  nonce: newNonce(),
  returnTo,
  sessionId,
});
