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

/** A B C with how each stands for both: one's own mark first, for spectators that of the first seat. */
export function ProblemSwitcher(): JSX.Element {
  const { desk, store } = useVisit();
  const problems = desk.problems.value ?? [];
  const players = store.room.value.players.toSorted(
    (a, b) => Number(b.userId === store.userId) - Number(a.userId === store.userId),
  );
  const marksOf = (label: Label) =>
    players.map(({ userId, name }) => {
      const row = store.board.value.find((one) => one.userId === userId);
      return { who: userId === store.userId ? 'You' : name, state: row?.cells[label]?.state ?? 'untouched' } as const;
    });
  return (
    <nav class="switcher" aria-label="Problems">
      {problems.map(({ label, title }) => {
        const marks = marksOf(label);
        const says = `${title}. ${marks.map(({ who, state }) => `${who}: ${WORDS[state]}`).join('. ')}`;
        return (
          <button
            key={label}
            type="button"
            class="problem-tab"
            aria-current={label === desk.label.value ? 'true' : undefined}
            title={says}
            onClick={() => desk.turnTo(label)}
          >
            <span class="label">{label}</span>
            {marks.map(({ state }, index) => (
              <span key={index} class={`mark ${index === 0 ? '' : 'theirs'} ${state}`} aria-hidden="true">
                {SIGNS[state]}
              </span>
            ))}
            <span class="unseen">{says}</span>
          </button>
        );
      })}
    </nav>
  );
}
