import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { bannerText, replayedText } from '../../words/connection';
import { announcer, toasts } from '../joust';
import { useVisit } from './visit-context';

const SHOWN_AFTER_MS = 2_000;

/** Says that the line is broken once it is for more than a moment, and what came when it is back. */
export function ConnectionBanner(): JSX.Element | null {
  const { live, store } = useVisit();
  const textOf = (state: 'reconnecting' | 'restarting') => bannerText(state, store.phase.value, store.part.value);
  const isLong = useSignal(false);
  useSignalEffect(() => {
    isLong.value = false;
    if (live.brokenAt.value === null) return;
    const timer = setTimeout(() => {
      isLong.value = true;
      announcer.sayNow(textOf('reconnecting'));
    }, SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  });
  useSignalEffect(() => {
    const events = live.replayed.value;
    if (events === null) return;
    live.replayed.value = null;
    toasts.show(replayedText(events), 'good');
    announcer.say(replayedText(events));
  });
  const state = live.link.value;
  if (state !== 'restarting' && (!isLong.value || state === 'ended')) return null;
  return <p class="banner">{textOf(state === 'restarting' ? 'restarting' : 'reconnecting')}</p>;
}
