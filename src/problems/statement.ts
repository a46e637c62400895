import { Script } from 'node:vm';
import katexPlugin from '@vscode/markdown-it-katex';
import type { KatexOptions } from 'katex';
import { LRUCache } from 'lru-cache';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

/**
 * Turns a statement, Markdown with `$math$` and `$$math$$`, into HTML that is safe to put into a page, whoever wrote it.
 * Raw HTML is shown as text. Math that does not parse is shown as its source in red, and all of it as its source where
 * it takes too long; nothing throws. The page must bring KaTeX's style sheet of the same version.
 */
export function renderStatement(markdown: string): string {
  try {
    return IN_TIME.runInNewContext({ render: () => rendered(MARKDOWN, markdown) }, { timeout: PATIENCE_MS }) as string;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return rendered(WITHOUT_MATH, markdown);
  }
}

/** The same for a text that is not stored with what it is rendered to; what was rendered once is remembered. */
export function renderNote(markdown: string): string {
  const known = notes.get(markdown) ?? renderStatement(markdown);
  notes.set(markdown, known);
  return known;
}

const rendered = (by: MarkdownIt, markdown: string): string => sanitizeHtml(by.render(markdown), SAFE);

/**
 * A statement takes some ten milliseconds. KaTeX counts how often a macro is expanded, but not what it is expanded to: a
 * few lines of `\def` would keep the whole process busy for hours, or end it for want of memory.
 */
const PATIENCE_MS = 3_000;
/** What runs in a script of its own can be broken off, wherever it is. */
const IN_TIME = new Script('render()');

const notes = new LRUCache<string, string>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (html, note) => html.length + note.length + 1,
});

/** Commands that would link, load or style (`\href`, `\includegraphics`, `\htmlStyle`) are not trusted. */
const KATEX: KatexOptions = {
  throwOnError: false,
  strict: 'ignore',
  trust: false,
  output: 'htmlAndMathml',
  maxSize: 20,
  maxExpand: 1000,
};

const MARKDOWN = new MarkdownIt({ html: false, linkify: false, typographer: false });
MARKDOWN.use(katexPlugin, KATEX);
const WITHOUT_MATH = new MarkdownIt({ html: false, linkify: false, typographer: false });

/*
 * Statements come from people, so the renderers' output passes a list of what may be in it: all that Markdown makes, and
 * all that KaTeX 0.16 makes, which includes small drawings in SVG (roots, braces) and inline styles (lengths, colours).
 */

const LENGTHS = [/^(-?[\d.]+(em|px|ex|%)?\s*){1,4}$/];
const COLOURS = [/^#[0-9a-f]{3,8}$/i, /^[a-z]+$/i];

const KATEX_STYLES: Record<string, RegExp[]> = {
  position: [/^relative$/],
  'border-style': [/^solid$/],
  'border-right-style': [/^(solid|dashed)$/],
  'text-shadow': [/^[\d.]+em [\d.]+em [\d.]+px$/],
  border: [/^[\d.]+em solid (#[0-9a-f]{3,8}|[a-z]+)$/i],
};
for (const name of ['color', 'background-color', 'border-color']) KATEX_STYLES[name] = COLOURS;
for (const name of [
  ...['width', 'min-width', 'height', 'top', 'bottom', 'left', 'vertical-align', 'padding-left'],
  ...['margin', 'margin-left', 'margin-right', 'margin-top'],
  ...['border-width', 'border-top-width', 'border-bottom-width', 'border-right-width'],
]) {
  KATEX_STYLES[name] = LENGTHS;
}

const ALIGNMENT = { 'text-align': [/^(left|center|right)$/] };

const MARKDOWN_TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code'],
  ...['em', 'strong', 's', 'ul', 'ol', 'li', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const MATHML_TAGS = [
  ...['math', 'semantics', 'annotation', 'mrow', 'mi', 'mn', 'mo', 'mtext', 'mspace', 'mstyle', 'mpadded', 'mphantom'],
  ...['mfrac', 'msqrt', 'mroot', 'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover'],
  ...['menclose', 'mtable', 'mtr', 'mlabeledtr', 'mtd'],
];
const MATHML_ATTRIBUTES = [
  ...['accent', 'accentunder', 'columnalign', 'columnlines', 'columnspacing', 'depth', 'display', 'displaystyle'],
  ...['encoding', 'fence', 'height', 'largeop', 'linebreak', 'linethickness', 'lspace', 'mathbackground', 'mathcolor'],
  ...['mathsize', 'mathvariant', 'maxsize', 'minsize', 'movablelimits', 'notation', 'rowlines', 'rowspacing', 'rspace'],
  ...['scriptlevel', 'separator', 'side', 'stretchy', 'symmetric', 'valign', 'voffset', 'width', 'xmlns'],
];

const SAFE: sanitizeHtml.IOptions = {
  allowedTags: [...MARKDOWN_TAGS, ...MATHML_TAGS, 'span', 'svg', 'path', 'line'],
  allowedAttributes: {
    ...Object.fromEntries(MATHML_TAGS.map((tag) => [tag, MATHML_ATTRIBUTES])),
    mpadded: [...MATHML_ATTRIBUTES, 'style'],
    mstyle: [...MATHML_ATTRIBUTES, 'style'],
    a: ['href', 'title', 'rel'],
    img: ['src', 'alt', 'title'],
    ol: ['start'],
    th: ['style'],
    td: ['style'],
    code: ['class'],
    p: ['class', 'title'],
    span: ['class', 'style', 'title', 'aria-hidden'],
    svg: ['xmlns', 'width', 'height', 'viewBox', 'preserveAspectRatio', 'style'],
    path: ['d'],
    line: ['x1', 'x2', 'y1', 'y2', 'stroke-width'],
  },
  allowedClasses: { code: [/^language-[\w+#-]+$/], p: ['katex-block', 'katex-error'] },
  allowedStyles: {
    span: KATEX_STYLES,
    mpadded: KATEX_STYLES,
    mstyle: KATEX_STYLES,
    svg: { width: LENGTHS },
    th: ALIGNMENT,
    td: ALIGNMENT,
  },
  allowedSchemes: ['https', 'http', 'mailto'],
  allowedSchemesByTag: { img: ['https'] },
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow' }) },
  // SVG knows viewBox but not viewbox.
  parser: { lowerCaseAttributeNames: false },
};
