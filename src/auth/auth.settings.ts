/** What this installation allows; given by the configuration. */
export abstract class AuthSettings {
  /** Guests may sign in by name. */
  abstract readonly guests: boolean;
  /** Browsers reach us over TLS. */
  abstract readonly secure: boolean;
}
