import type { LinkState } from '../core/live';

/** How the line to the server is, in a word or two. */
export const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  connecting: 'Connecting',
  online: 'Online',
  unstable: 'Unstable',
  reconnecting: 'Reconnecting',
  restarting: 'Server restarting',
  ended: 'Signed out',
};

export const BANNER_WORDS = {
  reconnecting: 'Connection lost. Reconnecting … Your code is saved on this device. The clock keeps running.',
  restarting: 'The server is restarting. Your code is saved on this device, and what you submitted is kept.',
} as const;

export const replayedText = (events: number): string =>
  events === 0
    ? 'Back online. You missed nothing.'
    : `Back online: ${events} update${events === 1 ? '' : 's'} replayed.`;
