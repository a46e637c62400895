import type { RoomWishes, WishFault } from '../core/room-wishes';

/** What is wrong with an entry, and so what it has to be. */
export function faultText(fault: WishFault): string {
  switch (fault.is) {
    case 'not-a-number':
      return 'Enter a number.';
    case 'not-whole':
      return 'Enter a whole number.';
    case 'out-of-range':
      return `Enter a number from ${fault.from} to ${fault.to}.`;
    case 'no-problem':
      return 'Choose at least one problem.';
    case 'too-many-problems':
      return 'A duel has ten problems at most.';
    case 'no-password':
      return 'Enter the password, or choose another way.';
    case 'long-password':
      return 'A password has 100 characters at most.';
    case 'freeze-too-long':
      return 'The freeze cannot be longer than the duel.';
  }
}

type Choices<K extends keyof RoomWishes> = readonly (readonly [value: RoomWishes[K], text: string])[];

/** What there is to choose from, and what each choice means. */
export const CHOICES = {
  pick: [
    ['random', 'Picked at random'],
    ['named', 'Chosen by me'],
  ],
  difficulty: [
    ['', 'Any difficulty'],
    ['easy', 'Easy'],
    ['medium', 'Medium'],
    ['hard', 'Hard'],
  ],
  minutes: [
    ['15', '15'],
    ['30', '30'],
    ['60', '60'],
    ['own', 'Other'],
  ],
  password: [
    ['made', 'Made for me: the link contains it'],
    ['own', 'My own'],
    ['none', 'None: whoever has the code can join'],
  ],
  opponentView: [
    ['full', 'Tries, verdicts and what is solved'],
    ['solved', 'Only what is solved'],
    ['blind', 'Nothing until the end'],
  ],
  timePrecision: [
    ['second', 'Seconds'],
    ['minute', 'Minutes, as in the ICPC'],
  ],
  onGone: [
    ['continue', 'The clock goes on'],
    ['claim', 'The one who stayed may claim the win'],
  ],
} as const satisfies { readonly [K in keyof RoomWishes]?: Choices<K> };

/** What is said when fewer problems fit than are wanted; the server picks what there is. */
export function scarcityText(fitting: number, wanted: number): string | null {
  if (fitting >= wanted) return null;
  if (fitting === 0) return 'No problem fits. Choose another topic or difficulty.';
  return fitting === 1
    ? 'Only one problem fits, so it will be one.'
    : `Only ${fitting} fit, so there will be ${fitting}.`;
}

/** What follows from how the problems are chosen. */
export function pickText({ pick, hostPlays }: RoomWishes): string {
  if (pick === 'random') return 'Nobody knows them before the start; those you both have not met are preferred.';
  return hostPlays
    ? 'You know them and your opponent does not, so the duel is casual: it changes no rating.'
    : 'Your secret until the start.';
}
