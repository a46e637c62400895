import type * as editor from './editor';

type EditorModule = typeof editor;

let loading: Promise<EditorModule> | null = null;

/** The editor is the largest part of the app: it is loaded once, and as early as somebody comes to a room. */
export function loadEditor(): Promise<EditorModule> {
  loading ??= import('./editor');
  loading.catch(() => (loading = null));
  return loading;
}
