import type { RefusalCode } from '../../src/contract/refusals';

/** What somebody can do next about a no: the page makes a button or a link of it. */
export type NextStep =
  'sign-in' | 'home' | 'try-again' | 'reload' | 'password' | 'new-room' | 'result' | 'edit' | 'wait';

interface Words {
  readonly title: string;
  readonly says: string;
  readonly next: NextStep;
}

export const STEPS: Readonly<Record<NextStep, string>> = {
  'sign-in': 'Sign in',
  home: 'To the start page',
  'try-again': 'Try again',
  reload: 'Reload the page',
  password: 'Enter the password',
  'new-room': 'Create a duel of your own',
  result: 'See the result',
  edit: 'Change it and try again',
  wait: 'Wait a moment',
};

/** Every no of the server, in words, with what to do next. */
export const REFUSAL_WORDS: Readonly<Record<RefusalCode, Words>> = {
  'request.malformed': {
    title: 'That did not fit',
    says: 'Something in what was sent is not as it should be. Check what you entered.',
    next: 'edit',
  },
  'request.unknown-path': {
    title: 'Nothing here',
    says: 'This page is older than the server. Reload it to get the current one.',
    next: 'reload',
  },
  'auth.required': {
    title: 'Sign in first',
    says: 'Duels are played under a name. Sign in to go on.',
    next: 'sign-in',
  },
  'auth.expired': {
    title: 'Your session has ended',
    says: 'Sign in again to go on.',
    next: 'sign-in',
  },
  'auth.forbidden': {
    title: 'Not allowed',
    says: 'This is not yours to do here. The room’s settings or your role do not allow it.',
    next: 'home',
  },
  'auth.banned': {
    title: 'This account is banned',
    says: 'You cannot play with it any more. Ask whoever runs this server if you think that is a mistake.',
    next: 'home',
  },
  'user.last-admin': {
    title: 'The last admin',
    says: 'Nobody else could give it back. Make somebody else an admin first.',
    next: 'home',
  },
  'problem.exists': {
    title: 'The name is taken',
    says: 'There is a problem of this name already. Choose another name.',
    next: 'edit',
  },
  'problem.in-use': {
    title: 'It has been played',
    says: 'Contests point to this problem, so it cannot be deleted. Unpublish it instead.',
    next: 'reload',
  },
  'problem.not-ready': {
    title: 'Tests are missing',
    says: 'A published problem needs at least one sample and one secret test.',
    next: 'edit',
  },
  'test.not-found': {
    title: 'No such test',
    says: 'Somebody may have removed or moved it. Reload the page to see the tests as they are.',
    next: 'reload',
  },
  'test.too-large': {
    title: 'That is too large',
    says: 'A sample may have 64 KiB, a secret input or answer 16 MiB, and all of them together 128 MiB.',
    next: 'edit',
  },
  'rejudge.not-found': {
    title: 'No such rejudge',
    says: 'There is nothing at this address. Reload the list.',
    next: 'reload',
  },
  'rejudge.nothing': {
    title: 'Nothing to judge again',
    says: 'None of these submissions has a verdict yet. Choose others.',
    next: 'edit',
  },
  'rejudge.too-large': {
    title: 'Too much at once',
    says: 'A rejudge may have 10,000 submissions. Choose fewer, room by room for example.',
    next: 'edit',
  },
  'rejudge.not-ready': {
    title: 'Still being judged',
    says: 'There are submissions without a new verdict. Wait a moment.',
    next: 'wait',
  },
  'rejudge.settled': {
    title: 'Decided already',
    says: 'It has been applied or discarded. Reload the page to see how it ended.',
    next: 'reload',
  },
  'session.not-found': {
    title: 'Not signed in there',
    says: 'This sign-in is over already, or is not yours. Reload the page to see the list as it is.',
    next: 'reload',
  },
  'user.not-found': { title: 'No such player', says: 'Nobody here has this profile.', next: 'home' },
  'csrf.origin': {
    title: 'Wrong address',
    says: 'The server takes requests only from pages it served under its own address. Open Joust there.',
    next: 'reload',
  },
  'room.not-found': {
    title: 'No such room',
    says: 'Check the code, or ask for the link again. Codes are not case-sensitive.',
    next: 'home',
  },
  'room.wrong-password': {
    title: 'This room has a password',
    says: 'Whoever invited you has it; the link they can copy contains it.',
    next: 'password',
  },
  'room.full': {
    title: 'This room is full',
    says: 'Two players are in it already, and a duel has two.',
    next: 'new-room',
  },
  'room.not-member': { title: 'For players only', says: 'Only a player of this room can do that.', next: 'home' },
  'room.not-host': { title: 'For the host only', says: 'Only the host of this room can do that.', next: 'wait' },
  'room.closed': {
    title: 'This room is closed',
    says: 'It was cancelled before a contest began. Nothing was counted.',
    next: 'new-room',
  },
  'room.kicked': {
    title: 'The host removed you',
    says: 'You cannot come back to this room. You can open one of your own.',
    next: 'new-room',
  },
  'player.already-in-a-room': {
    title: 'You are in another room',
    says: 'Leave it or finish it first: one player, one duel at a time.',
    next: 'home',
  },
  'contest.not-ready': {
    title: 'Not everybody is ready',
    says: 'A duel starts when two players are there and both are ready.',
    next: 'wait',
  },
  'contest.already-started': {
    title: 'This duel has started',
    says: 'Nobody can join any more once the problems are out.',
    next: 'new-room',
  },
  'contest.not-running': {
    title: 'The duel is not running',
    says: 'That is possible only between the start and the end.',
    next: 'wait',
  },
  'contest.over': {
    title: 'This duel is over',
    says: 'It has ended: nobody can join it or submit any more.',
    next: 'result',
  },
  'problem.not-found': { title: 'No such problem', says: 'There is no problem of this name here.', next: 'edit' },
  'submission.not-found': {
    title: 'No such submission',
    says: 'It does not exist, or it is not yours to see before the duel is final.',
    next: 'home',
  },
  'language.unknown': {
    title: 'Language not available',
    says: 'This room or this judge does not take that language. Choose another one.',
    next: 'edit',
  },
  'source.too-large': { title: 'Too large', says: 'A program may have 64 KiB at most. Shorten it.', next: 'edit' },
  'source.empty': { title: 'Nothing to judge', says: 'The program is empty. Write something first.', next: 'edit' },
  'source.invalid': {
    title: 'Not plain text',
    says: 'The program contains a character that is not text. Remove it and try again.',
    next: 'edit',
  },
  'submission.key-reused': {
    title: 'Sent twice differently',
    says: 'This submission was sent before with other content. Submit again: it gets a new key.',
    next: 'try-again',
  },
  'rate.limited': { title: 'Too fast', says: 'That was too often. Wait a moment, then try again.', next: 'wait' },
  'queue.full': {
    title: 'The judge is busy',
    says: 'It has more to do than it can take. Try again in a moment.',
    next: 'try-again',
  },
  'server.unavailable': {
    title: 'The server cannot answer',
    says: 'It is there, but a part of it is not. Try again in a moment.',
    next: 'try-again',
  },
  'server.fault': {
    title: 'Something broke on our side',
    says: 'It is not your fault. Try again; if it stays, tell whoever runs this server the request id.',
    next: 'try-again',
  },
};

/** The server did not answer at all. */
export const AWAY_WORDS: Words = {
  title: 'The server does not answer',
  says: 'It may be starting anew, or the line to it is cut. Try again in a moment.',
  next: 'try-again',
};
