import { Prec, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { vim } from '@replit/codemirror-vim';

const LEAVES_WITHIN_MS = 2_000;

/** Vim takes Escape for itself. Escape, then Tab, has to lead out of the editor all the same. */
const wayOut = EditorView.domEventObservers({
  keydown: ({ key }, view) => {
    if (key === 'Escape') view.setTabFocusMode(LEAVES_WITHIN_MS);
  },
});

const cursor = EditorView.theme({
  '&.cm-focused .cm-fat-cursor': { background: 'var(--accent)', color: 'var(--surface) !important' },
  '&:not(.cm-focused) .cm-fat-cursor': { outlineColor: 'var(--accent)' },
});

/** The keys of vim, with a line that tells the mode. */
export const vimKeys: Extension = [wayOut, Prec.highest(cursor), vim({ status: true })];
