import katexPlugin from '@vscode/markdown-it-katex';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { renderNote, renderStatement } from '../../src/problems/statement';

describe('a hostile statement', () => {
  it.each([
    ['<script>alert(1)</script>'],
    ['text <img src=x onerror=alert(1)>'],
    ['<svg onload=alert(1)><path d="M0 0"/></svg>'],
    ['<iframe src="https://evil.example"></iframe>'],
    ['<style>body { display: none }</style>'],
    ['<p style="position:fixed;inset:0">over everything</p>'],
    ['<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>'],
    ['<form action="https://evil.example"><input name="password"></form>'],
    ['[click](javascript:alert(1))'],
    ['[click](JaVaScRiPt&colon;alert(1))'],
    ['<javascript:alert(1)>'],
    ['[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)'],
    ['[click](vbscript:msgbox(1))'],
    ['[click](//evil.example)'],
    ['![x](data:text/html,<script>alert(1)</script>)'],
    ['![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)'],
    ['![x](javascript:alert(1))'],
    ['![x](https://ok.example/a.png "\\" onerror=alert(1) x=\\"")'],
    ['$\\href{javascript:alert(1)}{x}$'],
    ['$\\url{javascript:alert(1)}$'],
    ['$\\includegraphics{https://evil.example/x.png}$'],
    ['$\\htmlStyle{position:fixed}{x}$ $\\htmlId{app}{x}$ $\\htmlData{a=b}{x}$ $\\htmlClass{modal}{x}$'],
    ['$\\text{<script>alert(1)</script>}$'],
    ['$<script>alert(1)</script>$'],
    ['$"><img src=x onerror=alert(1)>$'],
    ['$\\color{red;position:fixed}{x}$'],
    ['$\\frac{1}{<img src=x onerror=alert(1)>$'],
    ['```"><script>alert(1)</script>\nx\n```'],
    ['```html" onmouseover="alert(1)\nx\n```'],
  ])('gets nothing through: %s', (markdown) => {
    const tags = liveTags(renderStatement(markdown));
    for (const { name, attributes } of tags) {
      expect(name).not.toMatch(/^(script|iframe|style|form|input|object|embed|base|link|meta|foreignobject|use|set)$/i);
      if (name === 'svg') expect(Object.keys(attributes)).not.toContain('onload');
      for (const [attribute, value] of Object.entries(attributes)) {
        expect(attribute).not.toMatch(/^(on|id$|data-)/i);
        expect(attribute === 'href' || attribute === 'src' ? value : 'https:').toMatch(/^(https?|mailto):/);
        expect(attribute === 'style' ? value : '').not.toMatch(/fixed|url|expression|inset/i);
        expect(attribute === 'class' ? value : '').not.toMatch(/modal/);
      }
    }
  });

  it('shows raw HTML as text', () => {
    expect(renderStatement('a <b>bold</b> claim')).toBe('<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n');
  });

  it('cannot make the server work long', () => {
    const bomb =
      '\\def\\a{xxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b\\b\\b}\\c\\c\\c\\c\\c\\c\\c\\c\\c\\c\\c';
    const startedAt = performance.now();
    expect(renderStatement(`$${bomb}$`)).toContain('katex-error');
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  it.each([
    ['macros that are long', `$\\def\\a{${'x'.repeat(5_000)}}${'\\a'.repeat(900)}$`],
    ['math without end', '$x^2$ '.repeat(20_000)],
    ['a table that is all math', `$$\\begin{matrix}${'1&'.repeat(60_000)}1\\end{matrix}$$`],
  ])('is shown without its math where that takes too long: %s', (_, markdown) => {
    const startedAt = performance.now();
    const html = renderStatement(`before\n\n${markdown}\n\nafter`);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(html).toMatch(/^<p>before<\/p>[^]*<p>after<\/p>\n$/);
    expect(html).not.toContain('katex');
    expect(renderStatement('$x$')).toContain('katex-html');
  });

  it('leaves no definition behind for the next one', () => {
    renderStatement('$\\gdef\\pi{evil}$ $\\global\\def\\leak{evil}$');
    expect(renderStatement('$\\pi \\leak$')).not.toContain('evil');
  });
});

describe('a note', () => {
  it('is rendered once, however often it is read: also where that takes too long', () => {
    const hostile = `$\\def\\a{${'x'.repeat(1_000)}}${'\\a'.repeat(900)}$ note`;
    const first = renderNote(hostile);
    const startedAt = performance.now();
    for (let n = 0; n < 100; n += 1) expect(renderNote(hostile)).toBe(first);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(renderNote('$x$')).toBe(renderStatement('$x$'));
  });
});

describe('an honest statement', () => {
  it('keeps headings, emphasis, lists, links and code', () => {
    const html = renderStatement(
      '# Title\n\n## Input\n\n*one* **two** `three` ~~four~~\n\n3. three\n4. four\n\n- x\n\n> quote\n\n' +
        '[site](https://example.org "a title")\n\n```cpp\nint a = b < c && d;\n```\n\n---\n',
    );
    for (const part of [
      '<h1>Title</h1>',
      '<h2>Input</h2>',
      '<em>one</em>',
      '<strong>two</strong>',
      '<code>three</code>',
      '<s>four</s>',
      '<ol start="3">',
      '<ul>',
      '<blockquote>',
      '<a href="https://example.org" title="a title" rel="noopener noreferrer nofollow">site</a>',
      '<pre><code class="language-cpp">int a = b &lt; c &amp;&amp; d;\n</code></pre>',
      '<hr />',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('keeps tables with their alignment', () => {
    const html = renderStatement('| a | b |\n|:--|--:|\n| 1 | $x^2$ |\n');
    expect(html).toContain('<th style="text-align:left">a</th>');
    expect(html).toContain('<td style="text-align:right"><span class="katex">');
  });

  it('keeps pictures from elsewhere only over https', () => {
    expect(renderStatement('![map](https://example.org/map.png)')).toContain(
      '<img src="https://example.org/map.png" alt="map" />',
    );
    expect(renderStatement('![map](http://example.org/map.png)')).not.toContain('src');
  });

  it('has its math both for the eye and for a screen reader', () => {
    const html = renderStatement('$1 \\le n \\le 10^5$');
    expect(html).toContain('<span class="katex-html" aria-hidden="true">');
    expect(html).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML">');
    expect(html).toContain('<annotation encoding="application/x-tex">1 \\le n \\le 10^5</annotation>');
  });

  it.each([
    '$\\frac{1}{$',
    '$\\unknown$',
    '$$\n\\begin{matrix}\n$$',
    '$x^y^z$',
    '$}$',
    '$\\htmlId{a}{b}$',
    '$a $ and $ b$',
    '$',
  ])('is shown although its math does not parse: %s', (markdown) => {
    expect(renderStatement(`before ${markdown} after`)).toMatch(/^<p>before [^]* after<\/p>\n$|katex-block/);
  });

  it.each([
    ['\\sqrt{x} + \\sqrt[3]{\\frac{a}{b}}'],
    ['\\sum_{i=1}^{n} a_i \\cdot \\prod_{j} b_j \\bmod 10^9 + 7'],
    ['\\left\\lfloor \\dfrac{a}{b} \\right\\rfloor \\left( \\begin{matrix} 1 & 2 \\\\ 3 & 4 \\end{matrix} \\right)'],
    ['\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}'],
    ['\\begin{array}{c|c:c} a & b & c \\\\ \\hline d & e & f \\end{array}'],
    ['\\overbrace{a + b}^{n} \\underbrace{c}_{m} \\overrightarrow{AB} \\widehat{xyz} \\overline{ab} \\vec{v} \\hat{x}'],
    ['\\color{#0af} x \\textcolor{red}{y} \\colorbox{yellow}{z} \\fcolorbox{red}{white}{w} \\boxed{q}'],
    ['\\cancel{x} \\xcancel{y} \\sout{z} \\phase{30} \\angl{n}'],
    [
      '\\rule{1em}{0.5em} \\raisebox{2pt}{a} \\hspace{1cm} \\kern 3mu \\quad \\rlap{x} \\llap{y} \\smash{z} \\phantom{p}',
    ],
    [
      '\\mathbb{R} \\mathcal{O} \\mathfrak{g} \\mathtt{t} \\boldsymbol{\\alpha} \\pmb{b} \\not= \\neq \\operatorname{gcd}',
    ],
    ['\\xrightarrow[under]{over} \\xleftarrow{a} \\big( \\Bigg[ \\tag{1} \\underset{x}{\\max} \\binom{n}{k} \\Large a'],
    ['\\begin{aligned} a &= b \\\\ &= c \\end{aligned}'],
    ['\\begin{CD} A @>a>> B \\\\ @VbVV @AAcA \\\\ C @= D \\end{CD}'],
  ])('loses nothing that KaTeX draws: %s', (latex) => {
    const markdown = `$$${latex}$$`;
    const untouched = new MarkdownIt().use(katexPlugin, LENIENT).render(markdown);
    expect(untouched).not.toContain('katex-error');
    expect(canonical(renderStatement(markdown))).toEqual(canonical(untouched));
  });
});

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The tags a browser would see, as a parser finds them. */
function liveTags(html: string): Tag[] {
  const tags: Tag[] = [];
  sanitizeHtml(html, {
    ...EVERYTHING,
    onOpenTag: (name, attributes) => tags.push({ name, attributes }),
  });
  return tags;
}

/** The same HTML written in one way: order of attributes, quotes and semicolons are of no account. */
function canonical(html: string): string[] {
  const seen: string[] = [];
  sanitizeHtml(html, {
    ...EVERYTHING,
    textFilter: (text) => (seen.push(text), text),
    onOpenTag: (name, attributes) =>
      seen.push(
        `<${name} ${Object.entries(attributes)
          .filter(([, value]) => value !== '')
          .map(([attribute, value]) => `${attribute}=${value.replaceAll(' ', '').replace(/;$/, '')}`)
          .sort()
          .join(' ')}>`,
      ),
    onCloseTag: (name) => seen.push(`</${name}>`),
  });
  return seen;
}

const LENIENT = { strict: 'ignore' } as object;

const EVERYTHING: sanitizeHtml.IOptions = {
  allowedTags: false,
  allowedAttributes: false,
  allowVulnerableTags: true,
  parser: { lowerCaseAttributeNames: false },
};
