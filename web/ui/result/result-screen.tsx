import type { JSX } from 'preact';

export function ResultScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>Result</h1>
    </main>
  );
}
