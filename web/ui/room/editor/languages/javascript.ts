import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { LanguageSupport } from '@codemirror/language';

export const javascript = new LanguageSupport(javascriptLanguage);
export const typescript = new LanguageSupport(typescriptLanguage);
