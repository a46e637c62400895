import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import '../../styles/statement.css';
import { complaintOf } from '../../words/complaint';
import { api } from '../joust';
import { Field } from '../parts/field';
import { Prose } from '../parts/statement';

interface StatementEditorProps {
  readonly text: Signal<string>;
  /** As its readers see what is stored. */
  readonly html: string;
  readonly mayEdit: boolean;
}

/** While somebody types, once he pauses. */
const PAUSE_MS = 400;

/** A statement, beside it how its readers will see it. The server renders it, as it does when it is stored. */
export function StatementEditor({ text, html, mayEdit }: StatementEditorProps): JSX.Element {
  const shown = useSignal(html);
  const trouble = useSignal<string | null>(null);
  useSignalEffect(() => {
    const statement = text.value;
    if (!mayEdit || statement.trim() === '') return;
    const timer = setTimeout(() => {
      api.ask('POST /api/admin/statements', { body: { statement } }).then(
        ({ statementHtml }) => {
          if (text.peek() !== statement) return;
          shown.value = statementHtml;
          trouble.value = null;
        },
        (error: unknown) => (trouble.value = complaintOf(error).says),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div class="statement-editor">
      {mayEdit && (
        <Field label="Statement" hint="Markdown, with formulas between dollar signs." error={trouble.value}>
          {(ids) => (
            <textarea
              {...ids}
              class="input"
              rows={18}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <section class="preview" aria-label="As its readers see it">
        <p class="small muted">As its readers see it</p>
        <div class="statement">
          <Prose html={shown.value} />
        </div>
      </section>
    </div>
  );
}
