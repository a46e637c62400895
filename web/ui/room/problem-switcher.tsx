import type { JSX } from 'preact';
import type { Cell } from '../../../src/contract/leaderboard';
import type { Label } from '../../../src/contract/terms';
import { useVisit } from './visit-context';

const SIGNS: Readonly<Record<Cell['state'], string>> = { untouched: '·', tried: '✗', pending: '…', solved: '✓' };
const WORDS: Readonly<Record<Cell['state'], string>> = {
  untouched: 'not tried',
  tried: 'tried',
  pending: 'being judged',
  solved: 'solved',
};

/** A B C with how each stands for both. */
export function ProblemSwitcher(): JSX.Element {
  const { desk, store } = useVisit();
  const problems = desk.problems.value ?? [];
  const rows = store.board.value;
  const mine = rows.find(({ userId }) => userId === store.userId);
  const theirs = rows.find(({ userId }) => userId !== store.userId);
  const stateOf = (row: typeof mine, label: Label) => row?.cells[label]?.state ?? 'untouched';
  return (
    <nav class="switcher" aria-label="Problems">
      {problems.map(({ label, title }) => {
        const [own, other] = [stateOf(mine, label), stateOf(theirs, label)];
        const isHere = label === desk.label.value;
        return (
          <button
            key={label}
            type="button"
            class="problem-tab"
            aria-current={isHere ? 'true' : undefined}
            title={`${title}: you ${WORDS[own]}, ${theirs?.name ?? 'opponent'} ${WORDS[other]}`}
            onClick={() => desk.turnTo(label)}
          >
            <span class="label">{label}</span>
            {mine && (
              <span class={`mark ${own}`} aria-hidden="true">
                {SIGNS[own]}
              </span>
            )}
            <span class={`mark theirs ${other}`} aria-hidden="true">
              {SIGNS[other]}
            </span>
            <span class="unseen">
              {title}. {mine ? `You: ${WORDS[own]}. ` : ''}
              {theirs?.name ?? 'Opponent'}: {WORDS[other]}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
