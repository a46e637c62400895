import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from './button';
import { Dialog } from './dialog';

interface Question {
  readonly title: string;
  readonly says: string;
  readonly yes: string;
  readonly danger?: boolean;
}

const asked = signal<(Question & { readonly answer: (yes: boolean) => void }) | null>(null);

/** Asks before something that cannot be taken back. Closing the question is a no. */
export function confirmed(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = null;
        resolve(yes);
      },
    };
  });
}

export function Confirmation(): JSX.Element | null {
  const question = asked.value;
  if (!question) return null;
  const { title, says, yes, danger, answer } = question;
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <p>{says}</p>
      <div class="actions">
        <Button kind={danger ? 'danger' : 'main'} onClick={() => answer(true)}>
          {yes}
        </Button>
        <Button onClick={() => answer(false)}>No, go back</Button>
      </div>
    </Dialog>
  );
}
