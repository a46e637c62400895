import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { type Side, sendTest } from '../../core/test-sending';
import { sendingText } from '../../words/admin';
import { complaintOf } from '../../words/complaint';
import { api } from '../joust';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { bytesOf } from './beginning';
import { SideField } from './side-field';

type Test = AnswerOf<'GET /api/admin/problems/:slug/tests'>['items'][number];

interface TestFormProps {
  readonly slug: string;
  /** null: a new one. */
  readonly test: Test | null;
  readonly isPublished: boolean;
  /** Shows the tests as they are now. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

/** One test: what a program reads, and what it has to print. */
export function TestForm({ slug, test, isPublished, reload, close }: TestFormProps): JSX.Element {
  const input = useSide(test?.inputStart, test?.inputBytes);
  const answer = useSide(test?.answerStart, test?.answerBytes);
  const note = useSignal(test?.note ?? '');
  const sample = useSignal(test?.sample ?? false);
  const index = useSignal(test?.index ?? null);
  const sending = useSignal<Side | null>(null);
  const error = useSignal<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  // What was pressed for it has gone.
  useEffect(() => place.current!.querySelector<HTMLElement>('textarea, input')!.focus(), []);
  const save = async () => {
    error.value = null;
    sending.value = null;
    const draft = {
      ...{ sample: sample.value, note: sample.value && note.value !== '' ? note.value : null },
      ...{ input: input.draft(), answer: answer.draft() },
    };
    try {
      await sendTest(api, slug, index.value, draft, {
        added: (at) => (index.value = at),
        sending: (side) => (sending.value = side),
      });
      await reload();
      close();
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      const side = sending.peek();
      if (side === null) {
        error.value = says;
        return;
      }
      const why = code === 'request.malformed' ? 'It is not plain text in UTF-8. Choose another file.' : says;
      const what = index.value === test?.index ? `The ${side}` : `The test is there, but its ${side}`;
      error.value = `${what} was not taken. ${why}`;
      await reload();
    }
  };
  const name = index.value === null ? 'New test' : `Test ${index.value + 1}`;
  return (
    <Form
      onSubmit={save}
      submit={index.value === null ? 'Add it' : 'Save the test'}
      busy={sending.value ? sendingText(sending.value, { input, answer }[sending.value].size()) : 'Saving …'}
      class="card"
      label={name}
      also={<Button onClick={close}>Cancel</Button>}
    >
      <h3>{name}</h3>
      {index.value === null && (
        <label class="check">
          <input
            type="checkbox"
            checked={sample.value}
            onChange={(event) => (sample.value = event.currentTarget.checked)}
          />
          A sample, which everybody sees
        </label>
      )}
      <div ref={place} class="form">
        <SideField label="Input" {...input} />
        <SideField label="Answer" {...answer} />
      </div>
      {sample.value && (
        <Field label="Note" hint="Markdown, below the sample; may be empty.">
          {(ids) => (
            <textarea
              {...ids}
              class="input code"
              rows={4}
              value={note.value}
              onInput={(event) => (note.value = event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      {isPublished && (input.file.value ?? answer.file.value) && (
        <p class="hint">
          Files go one after the other. A contest that starts meanwhile gets the test half changed: unpublish the
          problem first where that matters.
        </p>
      )}
      {error.value && (
        <p class="hint wrong" role="alert">
          {error.value}
        </p>
      )}
    </Form>
  );
}

/** One side as it is entered. Of a long one the page has only the beginning, and would put that in its place. */
function useSide(start = '', bytes = 0) {
  const text = useSignal(start);
  const file = useSignal<File | null>(null);
  const long = bytesOf(start) < bytes ? { start, bytes } : null;
  const draft = () => file.value ?? (long ? null : text.value);
  return { text, file, long, draft, size: () => file.value?.size ?? bytesOf(text.value) };
}
