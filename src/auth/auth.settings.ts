/** What this installation allows; given by the configuration. */
export class AuthSettings {
  constructor(
    /** Guests may sign in by name. */
    readonly guests: boolean,
    /** Browsers reach us over TLS. */
    readonly secure: boolean,
    /** What signs our tokens: the first does, all are accepted. */
    readonly secrets: readonly [string, ...string[]],
  ) {}
}
