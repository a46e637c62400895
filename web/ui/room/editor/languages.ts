import type { Extension } from '@codemirror/state';
import type { LanguageId } from '../../../../src/contract/terms';

/** What the editor knows of each language; each is loaded when somebody writes in it. Others are plain text. */
const LANGUAGES: Readonly<Record<LanguageId, () => Promise<Extension>>> = {
  c: () => import('@codemirror/lang-cpp').then(({ cpp }) => cpp()),
  cpp: () => import('@codemirror/lang-cpp').then(({ cpp }) => cpp()),
  java: () => import('@codemirror/lang-java').then(({ java }) => java()),
  javascript: () => import('@codemirror/lang-javascript').then(({ javascript }) => javascript()),
  typescript: () => import('@codemirror/lang-javascript').then(({ javascript }) => javascript({ typescript: true })),
  python: () => import('@codemirror/lang-python').then(({ python }) => python()),
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
