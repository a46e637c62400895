import type { JSX } from 'preact';
import { CHOICES, pickText } from '../../words/room-wishes';
import type { Difficulty } from '../../core/room-wishes';
import { Field } from '../parts/field';
import { ProblemPicker } from './problem-picker';
import { WishChoice, WishField, type WishProps } from './wish-fields';

/** What is to be solved: so many, or these. */
export function ProblemSettings(props: WishProps): JSX.Element {
  const { wishes, set } = props;
  return (
    <div class="group">
      <WishChoice {...props} name="pick" legend="Problems" hint={pickText(wishes)} isBar />
      {wishes.pick === 'named' ? (
        <ProblemPicker {...props} />
      ) : (
        <div class="figures">
          <WishField {...props} name="count" label="How many" />
          <Field label="Difficulty">
            {(ids) => (
              <select
                {...ids}
                value={wishes.difficulty}
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
        </div>
      )}
    </div>
  );
}
