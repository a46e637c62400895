import type { Phase, Room } from '../../src/core/room';
import type { Part } from '../core/room-store';
import { durationText } from '../core/server-clock';

export const KICKED_WORDS = {
  title: 'The host removed you',
  says: 'You cannot come back to this room. You can open one of your own.',
} as const;

/** Of a room that was cancelled: why, as far as that was told, and what follows for whom. */
export function closedText(why: string | null, part: Part): string {
  const what = why === null ? 'It was cancelled before a duel began.' : `${why}. No duel began in it.`;
  return part === 'player' ? `${what} Nothing was counted, and you are free for another one.` : what;
}

/** What a lobby asks of whom. */
export function lobbyTitle(part: Part, players: number): string {
  if (part === 'player') return players === 2 ? 'Get ready' : 'Invite your opponent';
  if (players === 2) return 'The players get ready';
  if (part === 'spectator') return 'Waiting for the players';
  return players === 0 ? 'Invite two players' : 'Invite the second player';
}

/** What stands where somebody has submitted nothing. */
export const noSubmissionsText = (phase: Phase): string =>
  phase === 'running' ? 'Nothing submitted yet. Run the samples first: that is free.' : 'You submitted nothing.';

/** What stands where the program has not been run. */
export function noRunText(phase: Phase, isOwnInput: boolean): string {
  if (phase !== 'running') return 'The duel is over: nothing can be run any more.';
  return `${isOwnInput ? 'Run shows what your program prints.' : 'Run tries your program on the samples.'} It costs nothing.`;
}

/** Why nothing can be submitted any more. On the page the time may be up before the server has ended the contest. */
export const overText = ({ endReason }: Pick<Room, 'endReason'>): string =>
  endReason === null || endReason === 'time' ? 'Time is up' : 'The duel is over';

export const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** How many problems a room has, or will have. */
const problemCount = ({ settings }: Pick<Room, 'settings'>): number =>
  'count' in settings.problems ? settings.problems.count : settings.problems.length;

/** The rules of a room in one paragraph. */
export function rulesText(room: Room): string {
  const { minutes, penaltyMinutes, freezeMinutes, opponentView, languages, problems } = room.settings;
  const difficulty = 'count' in problems && problems.difficulty ? `${problems.difficulty} ` : '';
  const seen = {
    full: 'Each sees the other’s submissions and verdicts as they come, never the code.',
    solved: 'Each sees what the other one has solved, and nothing else.',
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
