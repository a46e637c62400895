import type { BodyOf } from './api';

type Settings = NonNullable<NonNullable<BodyOf<'POST /api/rooms'>>['settings']>;
export type Difficulty = 'easy' | 'medium' | 'hard';

/** What somebody has entered for a new room, as it stands in the form: texts are unchecked. */
export interface RoomWishes {
  readonly pick: 'random' | 'named';
  readonly count: string;
  readonly difficulty: Difficulty | '';
  /** Empty: any. */
  readonly tag: string;
  /** In the order of their labels. */
  readonly slugs: readonly string[];
  readonly minutes: '15' | '30' | '60' | 'own';
  readonly ownMinutes: string;
  readonly password: 'made' | 'own' | 'none';
  readonly ownPassword: string;
  readonly hostPlays: boolean;
  readonly penaltyMinutes: string;
  readonly timePrecision: 'second' | 'minute';
  readonly opponentView: 'full' | 'solved' | 'blind';
  readonly freezeMinutes: string;
  readonly onGone: 'continue' | 'claim';
  readonly spectators: boolean;
  readonly countdownSeconds: string;
  /** Empty: all. */
  readonly languages: readonly string[];
}

/** What a duel is unless somebody wants it otherwise: the server's own defaults. */
export const DEFAULT_WISHES: RoomWishes = {
  pick: 'random',
  count: '3',
  difficulty: '',
  tag: '',
  slugs: [],
  minutes: '30',
  ownMinutes: '45',
  password: 'made',
  ownPassword: '',
  hostPlays: true,
  penaltyMinutes: '5',
  timePrecision: 'second',
  opponentView: 'full',
  freezeMinutes: '0',
  onGone: 'continue',
  spectators: false,
  countdownSeconds: '5',
  languages: [],
};

export const MOST_PROBLEMS = 10;

/** What has to be different before the room can be opened. */
export type WishFault =
  | { readonly is: 'not-a-number' | 'not-whole' }
  | { readonly is: 'out-of-range'; readonly from: number; readonly to: number }
  | { readonly is: 'no-problem' | 'too-many-problems' | 'no-password' | 'long-password' | 'freeze-too-long' };
export type WishFaults = Readonly<Partial<Record<keyof RoomWishes, WishFault>>>;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}
/** As the contract has them. */
const RANGES = {
  count: { from: 1, to: MOST_PROBLEMS, isWhole: true },
  ownMinutes: { from: 0.1, to: 300, isWhole: false },
  penaltyMinutes: { from: 0, to: 60, isWhole: true },
  freezeMinutes: { from: 0, to: 300, isWhole: false },
  countdownSeconds: { from: 0, to: 30, isWhole: true },
} as const satisfies Partial<Record<keyof RoomWishes, Range>>;

const minutesOf = ({ minutes, ownMinutes }: RoomWishes): number =>
  minutes === 'own' ? Number(ownMinutes) : Number(minutes);

/** Everything that is wrong, by field. A field that is not in use is never wrong. */
export function faultsOf(wishes: RoomWishes): WishFaults {
  const { pick, slugs, minutes, password, ownPassword, freezeMinutes } = wishes;
  const faults: Partial<Record<keyof RoomWishes, WishFault>> = {};
  for (const [field, range] of Object.entries(RANGES) as [keyof typeof RANGES, Range][]) {
    const fault = outside(wishes[field], range);
    if (fault) faults[field] = fault;
  }
  if (pick === 'named') delete faults.count;
  if (minutes !== 'own') delete faults.ownMinutes;
  if (pick === 'named' && slugs.length === 0) faults.slugs = { is: 'no-problem' };
  if (pick === 'named' && slugs.length > MOST_PROBLEMS) faults.slugs = { is: 'too-many-problems' };
  if (password === 'own' && ownPassword === '') faults.ownPassword = { is: 'no-password' };
  if (password === 'own' && ownPassword.length > 100) faults.ownPassword = { is: 'long-password' };
  if (!faults.freezeMinutes && !faults.ownMinutes && Number(freezeMinutes) > minutesOf(wishes))
    faults.freezeMinutes = { is: 'freeze-too-long' };
  return faults;
}

function outside(text: string, { from, to, isWhole }: Range): WishFault | null {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return { is: 'not-a-number' };
  if (isWhole && !Number.isInteger(value)) return { is: 'not-whole' };
  return value < from || value > to ? { is: 'out-of-range', from, to } : null;
}

/** What is asked of the server. Only for wishes without a fault. */
export function settingsOf(wishes: RoomWishes): Settings {
  const { pick, count, difficulty, tag, slugs, password, ownPassword, languages } = wishes;
  const { hostPlays, timePrecision, opponentView, onGone, spectators } = wishes;
  return {
    minutes: minutesOf(wishes),
    problems:
      pick === 'named'
        ? [...slugs]
        : {
            count: Number(count),
            ...(difficulty !== '' && { difficulty }),
            ...(tag !== '' && { tags: [tag] }),
          },
    penaltyMinutes: Number(wishes.penaltyMinutes),
    freezeMinutes: Number(wishes.freezeMinutes),
    countdownSeconds: Number(wishes.countdownSeconds),
    languages: languages.length === 0 ? null : [...languages],
    ...(password !== 'made' && { password: password === 'own' ? ownPassword : null }),
    ...{ hostPlays, timePrecision, opponentView, onGone, spectators },
  };
}

/** The same list with one entry moved by one place; at either end it stays. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): T[] {
  const to = from + by;
  const copy = [...list];
  if (to < 0 || to >= copy.length) return copy;
  [copy[from], copy[to]] = [copy[to]!, copy[from]!];
  return copy;
}
