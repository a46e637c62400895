import type { JSX } from 'preact';
import '../../styles/admin.css';
import { may } from '../../../src/core/policy';
import type { User } from '../../core/session';
import { session } from '../joust';
import { Confirmation } from '../parts/confirm';
import { Notice } from '../parts/notice';
import { SignIn } from '../parts/sign-in';
import { useTitle } from '../parts/use-title';
import { ReasonQuestion } from './reason';
import { SECTIONS, type Section } from './sections';

/** What those see who run the server. The server decides what each of them may; what he may not is not shown. */
export function AdminScreen({ params }: { params: Readonly<Record<string, string>> }): JSX.Element {
  const user = session.user.value;
  useTitle('Staff – Joust');
  if (!user || session.state.value === 'expired')
    return (
      <main id="main" class="page narrow" tabIndex={-1}>
        <h1>Staff</h1>
        <SignIn why="These pages are for those who run this server. Sign in as one of them." />
      </main>
    );
  const allowed = SECTIONS.filter(({ action }) => may(action, user));
  if (allowed.length === 0)
    return (
      <Notice
        title="For staff only"
        says="These pages are for those who run this server. Whoever has the machine can give you a role: npm run -s cli -- user:grant."
      />
    );
  const path = params['section'] ?? '';
  const section = path === '' ? allowed[0] : allowed.find((one) => one.path === path);
  if (!section)
    return <Notice title="Nothing here for you" says="There is no such page, or your role does not open it." />;
  const Page = params['id'] !== undefined && section.one ? section.one : section.page;
  return (
    <div class="admin">
      <Navigation allowed={allowed} current={section} />
      <main id="main" class="page" tabIndex={-1}>
        <Page id={params['id'] ?? ''} user={user satisfies User} />
      </main>
      <Confirmation />
      <ReasonQuestion />
    </div>
  );
}

const Navigation = ({ allowed, current }: { allowed: readonly Section[]; current: Section }): JSX.Element => (
  <nav class="admin-nav" aria-label="Staff pages">
    {allowed.map(({ path, name }) => (
      <a key={path} href={`/admin${path && `/${path}`}`} aria-current={path === current.path ? 'page' : undefined}>
        {name}
      </a>
    ))}
  </nav>
);
