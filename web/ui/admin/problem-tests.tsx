import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { Pages } from '../../core/pages';
import { moved } from '../../core/room-wishes';
import { announcer, api } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { Beginning } from './beginning';
import { Listing } from './listing';
import { TestForm } from './test-form';

type Test = AnswerOf<'GET /api/admin/problems/:slug/tests'>['items'][number];

interface ProblemTestsProps {
  readonly problem: AnswerOf<'GET /api/admin/problems/:slug'>;
  readonly mayEdit: boolean;
  readonly changed: () => Promise<void>;
}

/** The tests in the order they run, samples first. Of long ones only the beginning is shown. */
export function ProblemTests({ problem, mayEdit, changed }: ProblemTestsProps): JSX.Element {
  const { slug, samples, secrets, publishedAt } = problem;
  const pages = useMemo(
    () =>
      new Pages<Test>((cursor) =>
        api.ask('GET /api/admin/problems/:slug/tests', { params: { slug }, query: { cursor } }),
      ),
    [slug],
  );
  const edited = useSignal<Test | 'new' | null>(null);
  const section = useRef<HTMLElement>(null);
  const close = () => (edited.value = null);
  const reload = async () => {
    await Promise.all([pages.again(), changed()]);
  };
  const remove = async ({ index }: Test) => {
    const says = 'What was judged keeps its verdict; those behind it move up.';
    if (!(await confirmed({ title: `Remove test ${index + 1}?`, says, yes: 'Remove', danger: true }))) return;
    await api.ask('DELETE /api/admin/problems/:slug/tests/:index', { params: { slug, index: String(index) } });
    close();
    await reload();
  };
  const move = async (index: number, by: 1 | -1) => {
    const to = index + by;
    if (to >= pages.items.value.length) await pages.more();
    const params = { slug, index: String(index) };
    await api.ask('PATCH /api/admin/problems/:slug/tests/:index', { params, body: { index: to } });
    close();
    const items = moved(pages.items.value, index, by);
    pages.items.value = items.map((test, at) => ({ ...test, index: at }));
    announcer.say(`Test ${index + 1} is now test ${to + 1}`);
    // It is pressed again where the test is now.
    setTimeout(() => section.current?.querySelector<HTMLElement>(`[aria-label="${moveLabel(to, by)}"]`)?.focus());
  };
  return (
    <section ref={section} aria-labelledby="tests-title">
      <h2 id="tests-title">Tests</h2>
      <Listing
        title="Tests"
        pages={pages}
        none="None yet. A problem needs a sample and a secret test before rooms get it."
        keyOf={({ index, sample }) => `${index} ${sample}`}
        columns={[
          { name: 'Test', of: ({ index, sample }) => `${index + 1}, ${sample ? 'a sample' : 'secret'}` },
          { name: 'Input', of: ({ inputStart, inputBytes }) => <Beginning text={inputStart} bytes={inputBytes} /> },
          {
            name: 'Answer',
            of: ({ answerStart, answerBytes }) => <Beginning text={answerStart} bytes={answerBytes} />,
          },
          {
            name: 'Change',
            of: (test) =>
              mayEdit && (
                <span class="actions">
                  <Mover test={test} kinds={{ samples, secrets }} move={move} />
                  <Button label={`Edit test ${test.index + 1}`} onClick={() => (edited.value = test)}>
                    Edit
                  </Button>
                  <Button label={`Remove test ${test.index + 1}`} onClick={() => remove(test)}>
                    Remove
                  </Button>
                </span>
              ),
          },
        ]}
      />
      {mayEdit && edited.value === null && (
        <div class="actions">
          <Button onClick={() => (edited.value = 'new')}>Add a test</Button>
        </div>
      )}
      {edited.value !== null && (
        <TestForm
          key={edited.value === 'new' ? 'new' : edited.value.index}
          slug={slug}
          test={edited.value === 'new' ? null : edited.value}
          isPublished={publishedAt !== null}
          reload={reload}
          close={close}
        />
      )}
    </section>
  );
}

const moveLabel = (index: number, by: 1 | -1): string => `Move test ${index + 1} ${by < 0 ? 'up' : 'down'}`;

interface MoverProps {
  readonly test: Test;
  readonly kinds: { readonly samples: number; readonly secrets: number };
  readonly move: (index: number, by: 1 | -1) => Promise<void>;
}

/** Moves a test among its own kind: samples come first, and stay samples. */
function Mover({ test: { index, sample }, kinds: { samples, secrets }, move }: MoverProps): JSX.Element {
  const [first, last] = sample ? [0, samples - 1] : [samples, samples + secrets - 1];
  const kind = sample ? 'samples' : 'secret tests';
  return (
    <>
      <Button
        kind="quiet"
        label={moveLabel(index, -1)}
        locked={index === first ? `It is the first of the ${kind} already.` : null}
        onClick={() => move(index, -1)}
      >
        ↑
      </Button>
      <Button
        kind="quiet"
        label={moveLabel(index, 1)}
        locked={index === last ? `It is the last of the ${kind} already.` : null}
        onClick={() => move(index, 1)}
      >
        ↓
      </Button>
    </>
  );
}
