import type { JSX } from 'preact';
import '../../styles/room.css';
import { session } from '../joust';
import { lazily } from '../parts/lazily';
import { TopBar } from '../parts/top-bar';
import { useTitle } from '../parts/use-title';
import { Door } from './door';
import { loadEditor } from './editor/load-editor';

const Invited = lazily(() => import('./invited').then(({ Invited }) => Invited));

/** One address for a room's whole life: what is shown follows from the state the server tells. */
export function RoomScreen({ params }: { params: Readonly<Record<string, string>> }): JSX.Element {
  const code = params['code']!;
  const user = session.user.value;
  useTitle(`Room ${code.toUpperCase()} – Joust`);
  void loadEditor().catch(() => undefined); // it is asked for again where it is needed
  if (user) return <Door key={`${user.id} ${code}`} code={code} userId={user.id} />;
  return (
    <>
      <TopBar />
      <Invited code={code} />
    </>
  );
}
