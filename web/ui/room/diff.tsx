import type { JSX } from 'preact';
import { diffLines } from '../../core/diff';

interface DiffProps {
  readonly input: string;
  readonly expected: string | null;
  readonly actual: string;
}

const MOST_LINES = 200;

/** What went in, what should have come out, and what did, with the lines that differ marked. */
export function Diff({ input, expected, actual }: DiffProps): JSX.Element {
  return (
    <div class="diff">
      <Output title="Input" lines={input.trimEnd().split('\n').map(plain)} />
      {expected === null ? (
        <Output title="Output" lines={actual.trimEnd().split('\n').map(plain)} />
      ) : (
        <Compared expected={expected} actual={actual} />
      )}
    </div>
  );
}

interface Line {
  readonly text: string;
  readonly differs: boolean;
}
const plain = (text: string): Line => ({ text, differs: false });

function Compared({ expected, actual }: { expected: string; actual: string }): JSX.Element {
  const lines = diffLines(expected, actual);
  const side = (which: 'expected' | 'actual'): Line[] =>
    lines.flatMap((line): Line[] => (line[which] === null ? [] : [{ text: line[which], differs: !line.same }]));
  return (
    <>
      <Output title="Expected" lines={side('expected')} tone="good" />
      <Output title="Yours" lines={side('actual')} tone="bad" />
    </>
  );
}

interface OutputProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly tone?: 'good' | 'bad';
}

const Output = ({ title, lines, tone = 'bad' }: OutputProps): JSX.Element => (
  <div class="output-box">
    <span class="small muted">{title}</span>
    <pre tabIndex={0} aria-label={title}>
      {lines.slice(0, MOST_LINES).map(({ text, differs }, index) => (
        <span key={index} class={differs ? `differs ${tone}` : ''}>
          {differs && <span class="unseen">differs: </span>}
          {text}
          {'\n'}
        </span>
      ))}
      {lines.length > MOST_LINES && `… ${lines.length - MOST_LINES} more lines`}
      {lines.length === 0 && <em class="muted">nothing</em>}
    </pre>
  </div>
);
