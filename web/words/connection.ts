import type { Phase } from '../../src/core/room';
import type { LinkState } from '../core/live';
import type { Part } from '../core/room-store';

/** How the line to the server is, in a word or two. */
export const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  connecting: 'Connecting',
  online: 'Online',
  unstable: 'Unstable',
  reconnecting: 'Reconnecting',
  restarting: 'Server restarting',
  ended: 'Signed out',
};

/** What a broken line means for somebody at this point: there is code only in a contest, and a clock only while it runs. */
export function bannerText(state: 'reconnecting' | 'restarting', phase: Phase, part: Part): string {
  const isContest = phase === 'running' || phase === 'judging';
  const hasCode = isContest && part === 'player';
  return [
    state === 'restarting' ? 'The server is restarting.' : 'Connection lost. Reconnecting …',
    hasCode ? 'Your code is saved on this device.' : '',
    phase === 'running' && state === 'reconnecting' ? 'The clock keeps running.' : '',
    hasCode && state === 'restarting' ? 'What you submitted is kept.' : '',
    !isContest && state === 'restarting' ? 'This page goes on by itself once it is back.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export const replayedText = (events: number): string =>
  events === 0
    ? 'Back online. You missed nothing.'
    : `Back online: ${events} update${events === 1 ? '' : 's'} replayed.`;
