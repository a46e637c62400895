import type { JSX } from 'preact';
import '../../styles/practice.css';
import { api } from '../joust';
import { Notice } from '../parts/notice';
import { StatementText } from '../parts/statement';
import { TroublePage } from '../parts/trouble';
import { useAnswer } from '../parts/use-answer';
import { useTitle } from '../parts/use-title';

/** One problem with its samples. It is solved in a duel: nothing is judged outside a room. */
export function ProblemScreen({ params }: { params: Readonly<Record<string, string>> }): JSX.Element {
  const slug = params['slug']!;
  const {
    value: problem,
    complaint,
    again,
  } = useAnswer(() => api.ask('GET /api/problems/:slug', { params: { slug } }), [slug]);
  useTitle(`${problem?.title ?? 'Problem'} – Joust`);
  if (complaint?.code === 'problem.not-found')
    return (
      <Notice title={complaint.title} says={complaint.says}>
        <a class="button main" href="/practice">
          All problems
        </a>
      </Notice>
    );
  if (complaint) return <TroublePage complaint={complaint} again={again} />;
  if (!problem)
    return (
      <main id="main" class="page" aria-busy="true">
        <h1>Problem</h1>
        <p class="muted">Getting it …</p>
      </main>
    );
  const { title, difficulty, tags } = problem;
  return (
    <main id="main" class="page problem" tabIndex={-1}>
      <nav aria-label="Way back" class="small">
        <a href="/practice">All problems</a>
      </nav>
      <div>
        <h1>{title}</h1>
        <p class="tags">
          <span class={`difficulty ${difficulty}`}>{difficulty}</span>
          {tags.map((tag) => (
            <a key={tag} class="tag" href={`/practice?tag=${encodeURIComponent(tag)}`}>
              {tag}
            </a>
          ))}
        </p>
      </div>
      <StatementText problem={problem} heading="Statement" />
      <div class="card on-it">
        <p>Programs are judged in duels. Open one on this problem and send the link to somebody.</p>
        <div class="actions">
          <a class="button main" href={`/new?problem=${encodeURIComponent(slug)}`}>
            Duel on this problem
          </a>
        </div>
      </div>
    </main>
  );
}
