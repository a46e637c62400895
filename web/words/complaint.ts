import { AWAY_WORDS, REFUSAL_WORDS } from './refusals';
import { Away, Refused } from '../core/api';

/** Why something could not be done, for people. */
export interface Complaint {
  readonly title: string;
  readonly says: string;
  readonly next: (typeof AWAY_WORDS)['next'];
  readonly code: Refused['code'] | null;
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;
}

/** What the server's no, or its silence, means in words. @throws whatever is neither: that is a mistake of ours */
export function complaintOf(error: unknown): Complaint {
  if (error instanceof Away) return { ...AWAY_WORDS, code: null, retryAfterSeconds: null, requestId: null };
  if (!(error instanceof Refused)) throw error;
  const { code, retryAfterSeconds, requestId } = error;
  return { ...wordsOf(error), code, retryAfterSeconds, requestId };
}

/** A code this page does not know comes from a newer server. */
const wordsOf = ({ code }: Refused) =>
  (REFUSAL_WORDS as Partial<typeof REFUSAL_WORDS>)[code] ?? REFUSAL_WORDS['request.unknown-path'];
