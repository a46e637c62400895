/*
 * How a sign-in at Google ended. Whoever comes back is sent to where he set out from, with one of these
 * as `?sign-in=` in the address; the app says the sentence, and takes it out of the address.
 */

export const SIGN_IN_ENDINGS = {
  done: { ok: true, says: 'You are signed in.' },
  linked: {
    ok: true,
    says: 'Your Google account is linked. You keep your history, and can sign in from anywhere now.',
  },
  existing: {
    ok: true,
    says: 'You are signed in to the account you already had. What you played as a guest stays with the guest.',
  },
  denied: { ok: false, says: 'You did not go on at Google, so nothing has changed. Try again whenever you like.' },
  unverified: {
    ok: false,
    says: 'Google has not verified the mail address of this account. Verify it there, or take another account.',
  },
  banned: { ok: false, says: 'This account is banned. Ask whoever runs this server if you think that is a mistake.' },
  unavailable: { ok: false, says: 'Google does not answer right now. Try again in a minute.' },
  failed: { ok: false, says: 'Signing in with Google did not work out. Start again from here.' },
} as const;
export type SignInEnding = keyof typeof SIGN_IN_ENDINGS;
