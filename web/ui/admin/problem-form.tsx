import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { AnswerOf, BodyOf } from '../../core/api';
import { DIFFICULTIES } from '../../core/problem-list';
import { CHECKERS } from '../../words/admin';
import { complaintOf } from '../../words/complaint';
import { api, toasts } from '../joust';
import { Field, TextField } from '../parts/field';
import { Form } from '../parts/form';
import { StatementEditor } from './statement-editor';

type Problem = AnswerOf<'GET /api/admin/problems/:slug'>;
type Edit = BodyOf<'PATCH /api/admin/problems/:slug'>;

interface ProblemFormProps {
  readonly problem: Problem;
  readonly mayEdit: boolean;
  readonly saved: (problem: Problem) => void;
}

/** What is read of a problem, its limits, and how answers are compared. */
export function ProblemForm({ problem, mayEdit, saved }: ProblemFormProps): JSX.Element {
  const form = useMemo(() => draftOf(problem), []);
  const save = async () => {
    form.error.value = null;
    try {
      const params = { slug: problem.slug };
      saved(await api.ask('PATCH /api/admin/problems/:slug', { params, body: editOf(form, problem) }));
      toasts.show('Saved. Contests under way keep the form they began with.', 'good');
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      const WRONG = 'Something does not fit: a title, up to 10 tags, 0.05 to 60 s and 16 to 4096 MB.';
      form.error.value = code === 'request.malformed' ? WRONG : says;
    }
  };
  const statement = <StatementEditor text={form.statement} html={problem.statementHtml} mayEdit={mayEdit} />;
  if (!mayEdit) return statement;
  return (
    <Form onSubmit={save} submit="Save" busy="Saving …" label="The problem" class="problem-form">
      <div class="filter-bar">
        <TextField label="Title" value={form.title} maxLength={100} required />
        <Field label="Difficulty">
          {(ids) => (
            <select
              {...ids}
              value={form.difficulty.value}
              onChange={(event) => (form.difficulty.value = DIFFICULTIES[event.currentTarget.selectedIndex]!)}
            >
              {DIFFICULTIES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
        <TextField label="Tags, with commas" value={form.tags} />
        <TextField label="Seconds" value={form.seconds} />
        <TextField label="Megabytes" value={form.megabytes} />
        <Field label="Answers are compared">
          {(ids) => (
            <select
              {...ids}
              value={form.checker.value}
              onChange={(event) => (form.checker.value = event.currentTarget.value)}
            >
              {!(problem.checker.kind in CHECKERS) && <option value={problem.checker.kind}>by its own program</option>}
              {Object.entries(CHECKERS).map(([kind, says]) => (
                <option key={kind} value={kind}>
                  {says}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {statement}
      {form.error.value && (
        <p class="hint wrong" role="alert">
          {form.error.value}
        </p>
      )}
    </Form>
  );
}

const draftOf = ({ title, difficulty, tags, statement, limits, checker }: Problem) => ({
  title: signal(title),
  difficulty: signal(difficulty),
  tags: signal(tags.join(', ')),
  statement: signal(statement),
  seconds: signal(String(limits.cpuMs / 1000)),
  megabytes: signal(String(limits.memoryKiB / 1024)),
  checker: signal<string>(checker.kind),
  error: signal<string | null>(null),
});

const TOLERANCE = { abs: 1e-6, rel: 1e-6 };

/** What was not touched stays as it is. */
function editOf(form: ReturnType<typeof draftOf>, { checker }: Problem): Edit {
  const kind = form.checker.value;
  const edit = {
    title: form.title.value,
    difficulty: form.difficulty.value,
    tags: form.tags.value
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    statement: form.statement.value,
    limits: {
      cpuMs: Math.round(Number(form.seconds.value) * 1000),
      memoryKiB: Math.round(Number(form.megabytes.value) * 1024),
    },
  };
  if (kind === checker.kind) return edit;
  return { ...edit, checker: (kind === 'float' ? { kind, ...TOLERANCE } : { kind }) as NonNullable<Edit['checker']> };
}
