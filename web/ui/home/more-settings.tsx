import type { JSX } from 'preact';
import { api } from '../joust';
import { useAnswer } from '../parts/use-answer';
import { WishChoice, WishField, type WishProps } from './wish-fields';

/** What is good as it is for most. */
export function MoreSettings(props: WishProps): JSX.Element {
  const { wishes, set } = props;
  return (
    <details class="more">
      <summary>More settings</summary>
      <div class="inside">
        <div class="figures">
          <WishField
            {...props}
            name="penaltyMinutes"
            label="Penalty minutes"
            hint="For each rejected try on a problem solved later."
          />
          <WishField
            {...props}
            name="freezeMinutes"
            label="Freeze minutes"
            hint="So long before the end the board stands still; 0 for none."
          />
          <WishField
            {...props}
            name="countdownSeconds"
            label="Countdown"
            hint="Seconds between the start and the problems."
          />
        </div>
        <WishChoice {...props} name="opponentView" legend="What each sees of the other" hint="Never the code." />
        <WishChoice {...props} name="onGone" legend="When somebody is gone for a minute" />
        <WishChoice {...props} name="timePrecision" legend="Penalty is counted in" />
        <label class="check">
          <input
            type="checkbox"
            checked={wishes.spectators}
            onChange={(event) => set({ spectators: event.currentTarget.checked })}
          />
          Others may watch
        </label>
        <Languages {...props} />
      </div>
    </details>
  );
}

function Languages({ wishes, set }: WishProps): JSX.Element {
  const { value: languages } = useAnswer(() => api.ask('GET /api/languages'), []);
  const toggle = (id: string) =>
    set({
      languages: wishes.languages.includes(id)
        ? wishes.languages.filter((one) => one !== id)
        : [...wishes.languages, id],
    });
  return (
    <fieldset>
      <legend>Languages</legend>
      <p class="hint">
        {wishes.languages.length === 0 ? 'None is marked: all are allowed.' : 'Only these are allowed.'}
      </p>
      <div class="languages">
        {languages?.map(({ id, name }) => (
          <label key={id} class="check">
            <input type="checkbox" checked={wishes.languages.includes(id)} onChange={() => toggle(id)} />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
