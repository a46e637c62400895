import type { JSX } from 'preact';
import { WishChoice, WishField, type WishProps } from './wish-fields';

/** What most people want to settle. */
export function FewSettings(props: WishProps): JSX.Element {
  const { wishes, set } = props;
  return (
    <>
      <div class="group">
        <WishChoice {...props} name="minutes" legend="Minutes" isBar />
        {wishes.minutes === 'own' && <WishField {...props} name="ownMinutes" label="How many minutes" />}
      </div>
      <div class="group">
        <WishChoice {...props} name="password" legend="Password" />
        {wishes.password === 'own' && (
          <WishField {...props} name="ownPassword" label="Your password" hint="The link will contain it." isText />
        )}
      </div>
      <fieldset class="stack">
        <legend>Your part</legend>
        <div class="options">
          <label class="option">
            <input type="radio" name="part" checked={wishes.hostPlays} onChange={() => set({ hostPlays: true })} />
            <span>I play</span>
          </label>
          <label class="option">
            <input type="radio" name="part" checked={!wishes.hostPlays} onChange={() => set({ hostPlays: false })} />
            <span>I referee: two others play</span>
          </label>
        </div>
      </fieldset>
    </>
  );
}
