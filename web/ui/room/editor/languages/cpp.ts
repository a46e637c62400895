import { cppLanguage } from '@codemirror/lang-cpp';
import { LanguageSupport } from '@codemirror/language';

export const support = new LanguageSupport(cppLanguage);
