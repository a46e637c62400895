import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { ProblemList } from '../../core/problem-list';
import type { Difficulty } from '../../core/room-wishes';
import { CHOICES, scarcityText } from '../../words/room-wishes';
import { api } from '../joust';
import { Field } from '../parts/field';
import { useAnswer } from '../parts/use-answer';
import { WishField, type WishProps } from './wish-fields';

/** How many problems, and of what kind. */
export function RandomProblems(props: WishProps): JSX.Element {
  const { wishes, set } = props;
  const { difficulty, tag, count } = wishes;
  const { value: all } = useAnswer(() => api.ask('GET /api/problems'), []);
  const topics = [...new Set(all?.items.flatMap(({ tags }) => tags))].sort();
  const fitting = useMemo(() => new ProblemList(api, { search: '', difficulty, tag }), []);
  useEffect(() => fitting.narrow({ difficulty, tag }), [difficulty, tag]);
  const { items, state, failure } = fitting.pages;
  const isKnown = state.value === 'done' && failure.value === null;
  return (
    <>
      <div class="figures">
        <WishField {...props} name="count" label="How many" />
        <Field label="Difficulty">
          {(ids) => (
            <select
              {...ids}
              value={difficulty}
              onChange={(event) => set({ difficulty: event.currentTarget.value as Difficulty | '' })}
            >
              {CHOICES.difficulty.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Topic">
          {(ids) => (
            <select {...ids} value={tag} onChange={(event) => set({ tag: event.currentTarget.value })}>
              <option value="">Any topic</option>
              {topics.map((topic) => (
                <option key={topic}>{topic}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p class="hint" role="status">
        {isKnown && scarcityText(items.value.length, Number(count))}
      </p>
    </>
  );
}
