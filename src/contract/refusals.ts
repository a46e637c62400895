/**
 * Every "no" a caller can meet: the HTTP status it travels under and the sentence a person reads.
 * A code is part of the contract: clients branch on it, so it never changes its meaning.
 */
export const REFUSALS = {
  'request.malformed': { status: 400, says: 'That request does not have the right shape.' },
  'request.unknown-path': { status: 404, says: 'There is nothing at this address.' },
  'auth.required': { status: 401, says: 'Sign in first.' },
  'auth.expired': { status: 401, says: 'Your session has expired. Sign in again.' },
  'auth.forbidden': { status: 403, says: 'You are not allowed to do that.' },
  'auth.banned': { status: 403, says: 'This account is banned.' },
  'session.not-found': { status: 404, says: 'You have no such session.' },
  'user.not-found': { status: 404, says: 'There is no such user.' },
  'user.last-admin': { status: 409, says: 'There is no other admin: somebody else has to be one first.' },
  'csrf.origin': { status: 403, says: 'Requests from another site are not accepted.' },
  'room.not-found': { status: 404, says: 'There is no such room.' },
  'room.wrong-password': { status: 403, says: 'That is not the password of this room.' },
  'room.full': { status: 409, says: 'This room already has two players.' },
  'room.not-member': { status: 403, says: 'Only a player of this room may do that.' },
  'room.not-host': { status: 403, says: 'Only the host of this room may do that.' },
  'room.closed': { status: 409, says: 'This room is closed.' },
  'room.kicked': { status: 403, says: 'The host has removed you from this room.' },
  'player.already-in-a-room': { status: 409, says: 'You are a player in another room. Leave it or finish it first.' },
  'contest.not-ready': { status: 409, says: 'A contest needs two players who are both ready.' },
  'contest.already-started': { status: 409, says: 'This contest has already started.' },
  'contest.not-running': { status: 409, says: 'This contest is not running.' },
  'contest.over': { status: 409, says: 'This contest is over.' },
  'problem.not-found': { status: 404, says: 'There is no such problem here.' },
  'problem.exists': { status: 409, says: 'There is a problem of this name already.' },
  'problem.in-use': { status: 409, says: 'This problem has been in a room, so it cannot be deleted. Unpublish it.' },
  'problem.not-ready': {
    status: 409,
    says: 'A problem needs at least one sample and one secret test to be published.',
  },
  'test.not-found': { status: 404, says: 'There is no such test.' },
  'test.too-large': {
    status: 413,
    says: 'That is too large: a sample may have 64 KiB, a secret input or answer 16 MiB, all of them 128 MiB, and there may be 20 samples and 500 secret tests.',
  },
  'submission.not-found': { status: 404, says: 'There is no such submission.' },
  'rejudge.not-found': { status: 404, says: 'There is no such rejudge.' },
  'rejudge.nothing': { status: 409, says: 'There is nothing to judge again: none of these submissions has a verdict.' },
  'rejudge.too-large': { status: 409, says: 'That is too much for one rejudge: it may have 10,000 submissions.' },
  'rejudge.not-ready': { status: 409, says: 'This rejudge is still being judged.' },
  'rejudge.settled': { status: 409, says: 'This rejudge has been applied or discarded already.' },
  'language.unknown': { status: 422, says: 'That language is not available here.' },
  'source.too-large': { status: 413, says: 'That is too large: a source may have 64 KiB, a whole request 256 KiB.' },
  'source.empty': { status: 422, says: 'The source is empty.' },
  'source.invalid': { status: 422, says: 'The source is not plain UTF-8 text: it holds a NUL or half a character.' },
  'submission.key-reused': { status: 409, says: 'This key already belongs to a different submission. Use a new key.' },
  'rate.limited': { status: 429, says: 'Too many requests. Wait a moment and try again.' },
  'queue.full': { status: 503, says: 'The judge has too much to do. Try again in a moment.' },
  'server.unavailable': { status: 503, says: 'The server cannot answer right now. Try again in a moment.' },
  'server.fault': { status: 500, says: 'Something broke on our side. The request id helps to find out what.' },
} as const satisfies Record<string, { status: number; says: string }>;

export type RefusalCode = keyof typeof REFUSALS;

/** What a refusal looks like on the wire. */
export interface RefusalBody {
  readonly error: {
    readonly code: RefusalCode;
    readonly message: string;
    readonly details?: unknown;
    readonly requestId: string;
  };
}

/** The rules said no. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** @param retryAfterSeconds when asking again may help, for the `Retry-After` header. */
  constructor(
    readonly code: RefusalCode,
    readonly details?: unknown,
    readonly retryAfterSeconds?: number,
  ) {
    super(REFUSALS[code].says);
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }
}
