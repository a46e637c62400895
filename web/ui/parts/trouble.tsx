import type { JSX } from 'preact';
import '../../styles/trouble.css';
import type { Pages } from '../../core/pages';
import { complaintOf, type Complaint } from '../../words/complaint';
import { STEPS, type NextStep } from '../../words/refusals';
import { Button } from './button';
import { Notice } from './notice';
import { SignIn } from './sign-in';

interface TroublePageProps {
  readonly complaint: Complaint;
  readonly again: () => unknown;
}

const REPEATS: readonly NextStep[] = ['try-again', 'wait', 'edit'];

const Repeat = ({ again }: Pick<TroublePageProps, 'again'>): JSX.Element => (
  <Button kind="main" onClick={again}>
    {STEPS['try-again']}
  </Button>
);

/** A page that could not be had, and what to do next. */
export function TroublePage({ complaint, again }: TroublePageProps): JSX.Element {
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

/** A list that could not be had, or not all of it. */
export function Trouble({ pages }: { pages: Pages<unknown> }): JSX.Element | null {
  if (pages.failure.value === null) return null;
  const { title, says } = complaintOf(pages.failure.value);
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{title}.</strong> {says}
      </p>
      <Button onClick={() => pages.again()}>{STEPS['try-again']}</Button>
    </div>
  );
}
