import { pythonLanguage } from '@codemirror/lang-python';
import { LanguageSupport } from '@codemirror/language';

export const support = new LanguageSupport(pythonLanguage);
