import type { ComponentChildren, JSX } from 'preact';
import '../../styles/trouble.css';
import type { Complaint } from '../../words/complaint';

/** What is known of one thing, as names and values. */
export const Facts = ({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ComponentChildren])[];
}): JSX.Element => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt class="muted">{name}</dt>
        <dd>{value ?? '–'}</dd>
      </div>
    ))}
  </dl>
);

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment, in this browser's own way and time zone. */
export const Moment = ({ at }: { at: number | null }): JSX.Element =>
  at === null ? <>–</> : <time dateTime={new Date(at).toISOString()}>{MOMENT.format(at)}</time>;

interface OneProps<T> {
  readonly answer: { readonly value: T | null; readonly complaint: Complaint | null; readonly again: () => void };
  readonly children: (value: T) => ComponentChildren;
}

/** One thing, once it is there. */
export function One<T>({ answer, children }: OneProps<T>): JSX.Element {
  const { value, complaint, again } = answer;
  if (complaint) return <Missing complaint={complaint} again={again} />;
  if (value === null)
    return (
      <p class="muted" aria-busy="true">
        Getting it …
      </p>
    );
  return <>{children(value)}</>;
}

const Missing = ({ complaint, again }: { complaint: Complaint; again: () => void }): JSX.Element => (
  <div class="trouble" role="alert">
    <p>
      <strong>{complaint.title}.</strong> {complaint.says}
    </p>
    <button type="button" class="button" onClick={again}>
      Try again
    </button>
  </div>
);
