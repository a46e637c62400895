import type { Extension } from '@codemirror/state';
import type { Keys } from '../../../core/preferences';

/** What the editor does by itself. */
export const STANDARD_KEYS: Extension = [];

/** Without the keys of vim the editor has its own still. */
export async function loadKeys(keys: Keys): Promise<Extension> {
  if (keys === 'standard') return STANDARD_KEYS;
  try {
    return (await import('./vim')).vimKeys;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it could not be loaded: the server is away
    return STANDARD_KEYS;
  }
}
