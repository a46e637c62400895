import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** How wide an element is, in CSS pixels: what is drawn in it is drawn anew instead of scaled, so that its text stays readable. */
export function useWidth<E extends Element>() {
  const element = useRef<E>(null);
  const width = useSignal(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => (width.value = Math.floor(entry!.contentRect.width)));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return { element, width: width.value };
}
