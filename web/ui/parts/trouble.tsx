import type { JSX } from 'preact';
import type { Complaint } from '../../core/complaint';
import { STEPS, type NextStep } from '../../words/refusals';
import { Button } from './button';
import { Notice } from './notice';
import { SignIn } from './sign-in';

interface TroubleProps {
  readonly complaint: Complaint;
  readonly again: () => unknown;
}

const REPEATS: readonly NextStep[] = ['try-again', 'wait', 'edit'];

const Repeat = ({ again }: Pick<TroubleProps, 'again'>): JSX.Element => (
  <Button kind="main" onClick={again}>
    {STEPS['try-again']}
  </Button>
);

/** A page that could not be had, and what to do next. */
export function TroublePage({ complaint, again }: TroubleProps): JSX.Element {
  const { title, says, next } = complaint;
  if (next === 'sign-in')
    return (
      <main id="main" class="page narrow" tabIndex={-1}>
        <h1>{title}</h1>
        <SignIn why={says} submit="Go on as a guest" />
      </main>
    );
  return (
    <Notice title={title} says={says}>
      {REPEATS.includes(next) && <Repeat again={again} />}
      {next === 'reload' && (
        <Button kind="main" onClick={() => location.reload()}>
          {STEPS.reload}
        </Button>
      )}
    </Notice>
  );
}

/** A part of a page that could not be had. */
export const Trouble = ({ complaint, again }: TroubleProps): JSX.Element => (
  <div class="trouble" role="alert">
    <p>
      <strong>{complaint.title}.</strong> {complaint.says}
    </p>
    <Button onClick={again}>{STEPS['try-again']}</Button>
  </div>
);
