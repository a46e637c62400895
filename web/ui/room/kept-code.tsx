import type { JSX } from 'preact';
import { recentRooms } from '../../core/recent-rooms';
import { drafts } from '../joust';
import { CopyButton } from '../parts/copy-button';

/** What was written in a room that one cannot enter any more. It is kept on this device, and can be taken along. */
export function KeptCode({ code }: { code: string }): JSX.Element | null {
  const room = recentRooms(localStorage).find((one) => one.code === code.toUpperCase());
  const kept = room ? drafts.ofRoom(room.roomId) : [];
  if (kept.length === 0) return null;
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title">Your code from this room</h2>
      <ul class="kept-code">
        {kept.map(({ problem, language, source }) => (
          <li key={`${problem} ${language}`}>
            <details>
              <summary>
                {problem}, {language}
              </summary>
              <pre tabIndex={0}>{source}</pre>
              <CopyButton text={source}>Copy the code</CopyButton>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
