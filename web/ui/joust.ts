import { Announcer } from '../core/announcer';
import { Api } from '../core/api';
import { Drafts } from '../core/drafts';
import { newPreferences } from '../core/preferences';
import { ServerClock } from '../core/server-clock';
import { Session, type OneAtATime } from '../core/session';
import { Toasts } from '../core/toasts';

/** One tab after the other, where the browser can tell them apart. */
const inTurn: OneAtATime = async (work) =>
  'locks' in navigator ? await navigator.locks.request('joust:session', work) : await work();

/* What every screen shares: there is one of each per page. */

export const api = new Api((...asked) => fetch(...asked));
export const session = new Session(api, localStorage, inTurn);
export const clock = new ServerClock({ steady: () => performance.now(), wall: () => Date.now() });
export const toasts = new Toasts();
export const announcer = new Announcer();
export const drafts = new Drafts(
  localStorage,
  () => Date.now(),
  () => toasts.show('This device keeps no more drafts: its storage is full. Copy your code elsewhere.', 'bad'),
);
const liked = newPreferences(localStorage);
export const preferences = liked.preferences;
export const prefer = liked.set;

window.addEventListener('pagehide', () => drafts.flush());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') drafts.flush();
});
