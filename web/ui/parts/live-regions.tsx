import type { JSX } from 'preact';
import { announcer } from '../joust';

/** The one polite and the one assertive place from which screen readers speak. */
export const LiveRegions = (): JSX.Element => (
  <div class="unseen">
    <p role="status">{announcer.polite}</p>
    <p role="alert">{announcer.assertive}</p>
  </div>
);
