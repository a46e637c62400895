import type { JSX } from 'preact';

export function MeScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>You</h1>
    </main>
  );
}
