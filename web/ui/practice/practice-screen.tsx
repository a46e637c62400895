import type { JSX } from 'preact';

export function PracticeScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>Problems</h1>
    </main>
  );
}
