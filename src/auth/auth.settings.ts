/** Where people prove who they are; its addresses are those of OpenID Connect. */
interface IdentityProvider {
  readonly issuer: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Ends in `/userinfo`: by that the library knows what to expect of it. */
  readonly userinfoUrl: string;
}

/** How this installation is known to Google. */
export interface GoogleClient {
  readonly id: string;
  readonly secret: string;
  /** Where Google sends people back to. */
  readonly callbackUrl: string;
  readonly provider: IdentityProvider;
}

/** As its discovery document has them: https://accounts.google.com/.well-known/openid-configuration */
export const GOOGLE: IdentityProvider = {
  issuer: 'https://accounts.google.com',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  userinfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
};

/** What this installation allows; given by the configuration. */
export class AuthSettings {
  constructor(
    /** Guests may sign in by name. */
    readonly guests: boolean,
    /** Browsers reach us over TLS. */
    readonly secure: boolean,
    /** What signs our tokens: the first does, all are accepted. */
    readonly secrets: readonly [string, ...string[]],
    /** null: nobody signs in with Google. */
    readonly google: GoogleClient | null,
  ) {}
}
