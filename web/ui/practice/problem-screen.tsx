import type { JSX } from 'preact';

export function ProblemScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>Problem</h1>
    </main>
  );
}
