import type { JSX } from 'preact';

export function HelpScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <main id="main" class="page">
      <h1>Help</h1>
    </main>
  );
}
