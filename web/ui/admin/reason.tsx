import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';

interface Question {
  readonly title: string;
  /** What will happen, before it does. */
  readonly says: string;
  readonly yes: string;
  readonly label?: string;
  readonly hint?: string;
}

const asked = signal<(Question & { readonly answer: (reason: string | null) => void }) | null>(null);

/** Asks for words before something is done, such as the reason of a ban. null: it is not to be done. */
export function reasonFor(question: Question): Promise<string | null> {
  asked.value?.answer(null);
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (reason) => {
        asked.value = null;
        resolve(reason);
      },
    };
  });
}

export function ReasonQuestion(): JSX.Element | null {
  const question = asked.value;
  return question && <Asked key={question.title} {...question} />;
}

function Asked({ title, says, yes, label, hint, answer }: NonNullable<typeof asked.value>): JSX.Element {
  const text = useSignal('');
  const error = useSignal<string | null>(null);
  const send = () => {
    const given = text.value.trim();
    if (given === '') error.value = 'Enter something.';
    else answer(given);
    return Promise.resolve();
  };
  return (
    <Dialog title={title} onClose={() => answer(null)}>
      <p>{says}</p>
      <Form onSubmit={send} submit={yes} also={<Button onClick={() => answer(null)}>No, go back</Button>}>
        <Field label={label ?? 'Reason'} hint={hint ?? 'For the audit log.'} error={error.value}>
          {(ids) => (
            <textarea
              {...ids}
              class="input"
              rows={3}
              maxLength={500}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          )}
        </Field>
      </Form>
    </Dialog>
  );
}
