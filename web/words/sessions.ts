import type { AnswerOf } from '../core/api';

type OwnSession = AnswerOf<'GET /api/me/sessions'>['items'][number];

/** A device, such as `Firefox on Linux`. */
export const deviceText = (agent: string | null): string => agent ?? 'An unknown device';

const MINUTE_MS = 60_000;
/** The server knows no better. */
const KNOWN_TO_MS = 15 * MINUTE_MS;
const UNITS = [
  ['day', 24 * 60 * MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['minute', MINUTE_MS],
] as const;
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** When a session was last used, as far as the server knows. */
export function lastUsedText({ lastSeenAt }: Pick<OwnSession, 'lastSeenAt'>, now: number): string {
  const ago = now - lastSeenAt;
  if (ago < KNOWN_TO_MS) return 'Used within the last 15 minutes';
  const [unit, length] = UNITS.find(([, ms]) => ago >= ms)!;
  return `Last used ${AGO.format(-Math.floor(ago / length), unit)}`;
}
