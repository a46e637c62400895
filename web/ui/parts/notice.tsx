import type { ComponentChildren, JSX } from 'preact';

interface NoticeProps {
  readonly title: string;
  readonly says: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A page that says one thing, and what to do next. */
export const Notice = ({ title, says, children }: NoticeProps): JSX.Element => (
  <main id="main" class="page narrow notice" tabIndex={-1}>
    <h1>{title}</h1>
    <p>{says}</p>
    <div class="actions">
      {children}
      <a class="button plain" href="/">
        To the start page
      </a>
    </div>
  </main>
);
