import type { JSX } from 'preact';

export function RoomScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>Room</h1>
    </main>
  );
}
