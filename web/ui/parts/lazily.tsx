import { useSignal } from '@preact/signals';
import { type ComponentType, h, type JSX } from 'preact';
import { useEffect } from 'preact/hooks';

const AGAIN_MS = 1_000;
const PAGE: JSX.Element | null = <main id="main" class="page" aria-busy="true" />;

/** A part of the page that is loaded when it is shown, or before, when somebody calls `preload`. While the server is away it is asked for again. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile = PAGE) {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<void> | null = null;
  const preload = (): Promise<void> =>
    (loading ??= load().then(
      (part) => {
        loaded = part;
      },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        loading = null;
        return preload();
      },
    ));
  function Lazy(props: P): JSX.Element | null {
    const isLoaded = useSignal(loaded !== null);
    useEffect(() => void preload().then(() => (isLoaded.value = true)), []);
    return isLoaded.value && loaded ? h(loaded, props) : meanwhile;
  }
  return Object.assign(Lazy, { preload });
}
