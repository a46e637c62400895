import { javaLanguage } from '@codemirror/lang-java';
import { LanguageSupport } from '@codemirror/language';

export const support = new LanguageSupport(javaLanguage);
