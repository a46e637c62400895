import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Away } from '../core/api';
import { announcer, preferences, session } from './joust';
import { Button } from './parts/button';
import { LiveRegions } from './parts/live-regions';
import { Notice } from './parts/notice';
import { ToastList } from './parts/toast-list';
import { TopBar } from './parts/top-bar';
import { route } from './router';
import { loadScreen, type Screen } from './screens';

type Shown = { readonly screen: Screen; readonly page: string } | 'loading' | 'failed';

/** The page around every screen: who one is, where one is, and what is said beside it. */
export function App(): JSX.Element {
  useTheme();
  useEffect(() => void restore(), []);
  const { page, params } = route.value;
  const shown = useScreen();
  const isRoom = page === '/r/:code';
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      {!isRoom && <TopBar />}
      {page === null ? (
        <Notice title="Nothing here" says="There is no page at this address." />
      ) : shown === 'failed' ? (
        <Notice title="The page could not be loaded" says="The server does not answer, or it has been updated.">
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </Notice>
      ) : shown === 'loading' || shown.page !== page || session.state.value === 'unknown' ? (
        <main id="main" class="page" aria-busy="true" />
      ) : (
        <shown.screen key={page + JSON.stringify(params)} params={params} />
      )}
      <ToastList />
      <LiveRegions />
    </>
  );
}

function useScreen(): Shown {
  const shown = useSignal<Shown>('loading');
  useSignalEffect(() => {
    const { page } = route.value;
    if (page === null) return;
    loadScreen(page).then(
      (screen) => {
        if (route.peek().page === page) shown.value = { screen, page };
      },
      () => (shown.value = 'failed'),
    );
  });
  return shown.value;
}

/** Who one was when the page was left. While the server is away we go on asking: nothing can be shown without it. */
async function restore(): Promise<void> {
  try {
    await session.restore();
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    announcer.say('The server does not answer. Trying again.');
    setTimeout(() => void restore(), 2_000);
  }
}

function useTheme(): void {
  useSignalEffect(() => {
    const { theme } = preferences.value;
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
}
