import type { JSX } from 'preact';
import { pickText } from '../../words/room-wishes';
import { ProblemPicker } from './problem-picker';
import { RandomProblems } from './random-problems';
import { WishChoice, type WishProps } from './wish-fields';

/** What is to be solved: so many, or these. */
export const ProblemSettings = (props: WishProps): JSX.Element => (
  <div class="group">
    <WishChoice {...props} name="pick" legend="Problems" hint={pickText(props.wishes)} isBar />
    {props.wishes.pick === 'named' ? <ProblemPicker {...props} /> : <RandomProblems {...props} />}
  </div>
);
