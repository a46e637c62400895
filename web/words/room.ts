import type { Room } from '../../src/core/room';
import { durationText } from '../core/server-clock';

export const KICKED_WORDS = {
  title: 'The host removed you',
  says: 'You cannot come back to this room. You can open one of your own.',
} as const;

export const CLOSED_WORDS = {
  player: 'It was cancelled before a duel began. Nothing was counted, and you are free for another one.',
  other: 'It was cancelled before a duel began.',
} as const;

export const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** How many problems a room has, or will have. */
const problemCount = ({ settings }: Pick<Room, 'settings'>): number =>
  'count' in settings.problems ? settings.problems.count : settings.problems.length;

/** The rules of a room in one paragraph. */
export function rulesText(room: Room): string {
  const { minutes, penaltyMinutes, freezeMinutes, opponentView, languages, problems } = room.settings;
  const difficulty = 'count' in problems && problems.difficulty ? `${problems.difficulty} ` : '';
  const seen = {
    full: 'You see each other’s submissions and verdicts as they come, never the code.',
    solved: 'You see what the other one has solved, and nothing else.',
    blind: 'Neither sees what the other one does until the end.',
  }[opponentView];
  return [
    `${countOf(problemCount(room), `${difficulty}problem`)} in ${countOf(minutes, 'minute')}.`,
    'Whoever solves more wins; if both solve the same, whoever took less time.',
    penaltyMinutes > 0
      ? `A rejected submission adds ${countOf(penaltyMinutes, 'minute')} to a problem that is solved later; compile errors cost nothing.`
      : 'Rejected submissions cost nothing.',
    seen,
    freezeMinutes > 0 ? `In the last ${countOf(freezeMinutes, 'minute')} the board is frozen.` : '',
    languages ? `Languages: ${languages.join(', ')}.` : '',
    room.casual ? 'The host chose the problems by name, so this duel is casual: it changes no rating.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** A penalty in the unit of its room. */
export const penaltyText = (penalty: number, { settings }: Pick<Room, 'settings'>): string =>
  settings.timePrecision === 'second' ? durationText(penalty) : String(penalty);
