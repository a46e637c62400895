import type { JSX } from 'preact';
import { lazily } from '../parts/lazily';
import { StatementText } from '../parts/statement';
import { LEFT_TABS, type Layout, type LeftTab } from './layout';
import { ProblemSwitcher } from './problem-switcher';
import { useVisit } from './visit-context';

export const Submissions = lazily(() => import('./submissions').then(({ Submissions }) => Submissions), null);
export const Standings = lazily(() => import('./standings').then(({ Standings }) => Standings), null);

const NAMES: Readonly<Record<LeftTab, string>> = {
  statement: 'Statement',
  submissions: 'Submissions',
  board: 'Leaderboard',
};

/** What one reads: the statement, one's submissions, and how it stands. */
export function LeftPane({ layout }: { layout: Layout }): JSX.Element {
  const { store, desk } = useVisit();
  const tab = layout.tab.value;
  const { problem, problems } = desk;
  // Who watches submits nothing.
  const tabs = LEFT_TABS.filter((one) => one !== 'submissions' || store.me.value);
  return (
    <section class="pane left-pane" aria-label="Problem and standings" data-region="left" tabIndex={-1}>
      <ProblemSwitcher />
      <div class="tabs" role="tablist" aria-label="What to read">
        {tabs.map((one) => (
          <button
            key={one}
            id={`tab-${one}`}
            type="button"
            role="tab"
            aria-selected={one === tab}
            aria-controls="left-panel"
            tabIndex={one === tab ? 0 : -1}
            onClick={() => layout.read(one)}
            onKeyDown={(event) => layout.walkTabs(event, tabs)}
          >
            {NAMES[one]}
            {one === 'submissions' && store.mySubmissions.value.length > 0 && ` (${store.mySubmissions.value.length})`}
          </button>
        ))}
      </div>
      <div id="left-panel" class="scroll" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'statement' &&
          (problem.value ? (
            <StatementText problem={problem.value} heading={`${problem.value.label}. ${problem.value.title}`} />
          ) : (
            <p class="muted">{problems.value === null ? 'The statements are on their way …' : ''}</p>
          ))}
        {tab === 'submissions' && <Submissions />}
        {tab === 'board' && <Standings />}
      </div>
    </section>
  );
}
