import type { Extension } from '@codemirror/state';
import type { LanguageId } from '../../../../src/contract/terms';

/** What the editor knows of each language; each is loaded when somebody writes in it. Others are plain text. */
const LANGUAGES: Readonly<Record<LanguageId, () => Promise<Extension>>> = {
  c: () => import('./languages/cpp').then(({ support }) => support),
  cpp: () => import('./languages/cpp').then(({ support }) => support),
  java: () => import('./languages/java').then(({ support }) => support),
  javascript: () => import('./languages/javascript').then(({ javascript }) => javascript),
  typescript: () => import('./languages/javascript').then(({ typescript }) => typescript),
  python: () => import('./languages/python').then(({ support }) => support),
};

/** Without its language the editor is an editor still. */
export async function loadLanguage(id: LanguageId): Promise<Extension> {
  try {
    return (await LANGUAGES[id]?.()) ?? [];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it could not be loaded: the server is away
    return [];
  }
}
