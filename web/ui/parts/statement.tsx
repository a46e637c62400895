import type { JSX } from 'preact';
import '../../styles/statement.css';
import type { RoomProblem } from '../../core/desk';
import { CopyButton } from './copy-button';

type Statement = Pick<RoomProblem, 'title' | 'statementHtml' | 'samples' | 'limits' | 'checker'>;

const CHECKED = { answer: '', custom: ', any right answer counts', interactive: ', interactive: flush what you print' };

/** A problem as its author wrote it, with its samples. The HTML was made and cleaned on the server. */
export function StatementText({ problem, heading }: { problem: Statement; heading: string }): JSX.Element {
  const { statementHtml, samples, limits, checker } = problem;
  return (
    <article class="statement">
      <h2>{heading}</h2>
      <p class="small muted">
        {(limits.cpuMs / 1000).toFixed(2).replace(/\.?0+$/, '')} s, {Math.round(limits.memoryKiB / 1024)} MB
        {CHECKED[checker]}
      </p>
      <Prose html={statementHtml} />
      {samples.map(({ input, output, noteHtml }, index) => (
        <section key={index} class="sample" aria-label={`Sample ${index + 1}`}>
          <h3>Sample {index + 1}</h3>
          <div class="in-out">
            <SampleText title={checker === 'interactive' ? 'Hidden input' : 'Input'} text={input} />
            {output !== '' && <SampleText title="Output" text={output} />}
          </div>
          {noteHtml !== undefined && <Prose html={noteHtml} />}
        </section>
      ))}
    </article>
  );
}

/** The only place where markup is put into the page: what the server has made of somebody's Markdown, and cleaned. */
export function Prose({ html }: { html: string }): JSX.Element {
  if (html.includes('katex')) void loadMathStyles();
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}

const SampleText = ({ title, text }: { title: string; text: string }): JSX.Element => (
  <div class="sample-text">
    <div class="sample-title">
      <span class="small muted">{title}</span>
      <CopyButton kind="quiet" text={text}>
        Copy
      </CopyButton>
    </div>
    <pre tabIndex={0}>{text}</pre>
  </div>
);

let mathStyles: Promise<unknown> | null = null;
/** Formulas bring a style sheet and fonts of their own, which a statement without any does not need. */
const loadMathStyles = () => (mathStyles ??= import('katex/dist/katex.min.css').catch(() => (mathStyles = null)));
