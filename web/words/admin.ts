import type { AnswerOf } from '../core/api';

type Scope = AnswerOf<'POST /api/admin/rejudges/preview'>;
type RejudgeState = AnswerOf<'GET /api/admin/rejudges/:rejudgeId'>['state'];

export const REJUDGE_STATES: Readonly<Record<RejudgeState, string>> = {
  judging: 'is being judged',
  ready: 'judged, waits for a decision',
  applying: 'partly applied',
  applied: 'applied',
  discarded: 'discarded',
};

/** How answers are compared. */
export const CHECKERS = {
  tokens: 'word by word',
  lines: 'line by line',
  exact: 'byte by byte',
  float: 'as numbers, nearly equal',
} as const;

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** How much a text is. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return many(bytes, 'byte');
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** A long text is on its way. */
export const sendingText = (what: string, bytes: number): string => `Sending the ${what} (${sizeText(bytes)}) …`;

/** What a rejudge would touch, before anything is judged. */
export function scopeText({ submissions, rooms, openRooms, finalRooms, verdicts }: Scope): string {
  if (submissions === 0) return 'Nothing: none of these submissions has a verdict yet.';
  const open =
    openRooms > 0 ? ` ${many(openRooms, 'contest is', 'contests are')} not over: new verdicts can decide.` : '';
  const final = finalRooms > 0 ? ` ${many(finalRooms, 'is', 'are')} final: boards may change, winners stay.` : '';
  const now = verdicts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ');
  return `${many(submissions, 'submission')} in ${many(rooms, 'room')} (now ${now}).${open}${final}`;
}
