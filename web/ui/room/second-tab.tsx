import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useVisit } from './visit-context';

type Word = 'hello' | 'here' | 'bye';

/** Says that this room is open in another tab too. Both stay usable: they share the drafts, and a submission counts once. */
export function SecondTab(): JSX.Element | null {
  const { store } = useVisit();
  const others = useSignal<ReadonlySet<string>>(new Set());
  const isClosed = useSignal(false);
  useEffect(() => {
    const id = crypto.getRandomValues(new Uint32Array(2)).join('-');
    const channel = new BroadcastChannel(`joust:${store.userId}:${store.roomId}`);
    const say = (word: Word) => channel.postMessage({ word, id });
    channel.onmessage = ({ data }: MessageEvent<{ word: Word; id: string }>) => {
      const known = new Set(others.value);
      if (data.word === 'bye') known.delete(data.id);
      else known.add(data.id);
      others.value = known;
      if (data.word === 'hello') say('here');
    };
    const leave = () => say('bye');
    say('hello');
    window.addEventListener('pagehide', leave);
    return () => {
      leave();
      window.removeEventListener('pagehide', leave);
      channel.close();
    };
  }, [store]);
  if (others.value.size === 0 || isClosed.value) return null;
  return (
    <p class="banner mild">
      This room is open in another tab as well. What you type is kept in step between them.
      <button type="button" class="close" aria-label="Dismiss" onClick={() => (isClosed.value = true)}>
        ×
      </button>
    </p>
  );
}
