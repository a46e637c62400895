import type { JSX } from 'preact';
import { sizeText } from '../../words/admin';

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A text of a test as far as a page has it; how long it is where that is not all. */
export const Beginning = ({ text, bytes }: { text: string; bytes: number }): JSX.Element => (
  <>
    <pre class="beginning">{text}</pre>
    {bytesOf(text) < bytes && <span class="small muted">… {sizeText(bytes)} in all</span>}
  </>
);
