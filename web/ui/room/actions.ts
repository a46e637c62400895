import { VERDICTS } from '../../../src/contract/terms';
import type { Visit } from '../../core/visit';
import { VERDICT_WORDS } from '../../words/verdicts';
import { drafts, toasts } from '../joust';
import { complain } from '../parts/button';
import { confirmed } from '../parts/confirm';
import type { Layout } from './layout';

export interface Actions {
  readonly run: () => Promise<void>;
  readonly submit: () => Promise<void>;
}

/** What the buttons and the keys do. */
export function actionsOf(visit: Visit, layout: Layout): Actions {
  const { desk, store } = visit;

  const isSure = async (): Promise<boolean> => {
    const label = desk.label.value;
    const last = store.mySubmissions.value.findLast(({ problem }) => problem === label);
    if (!last) return true;
    const earlier = await sourceOf(visit, last.submissionId);
    const isSame = earlier === desk.source.value && last.language === desk.languageId.value;
    if (!isSame || last.verdict === 'JE') return true;
    if (last.verdict === 'PENDING' || last.verdict === 'AC') {
      const says =
        last.verdict === 'AC' ? 'This very program was accepted already.' : 'This very program is being judged.';
      return confirmed({ title: 'Submit it again?', says, yes: 'Submit again' });
    }
    const cost = VERDICTS[last.verdict].charged ? ' Another rejection adds penalty.' : '';
    const says = `You have changed nothing since “${VERDICT_WORDS[last.verdict].name}”.${cost}`;
    return confirmed({ title: 'Submit the same program again?', says, yes: 'Submit it unchanged' });
  };

  return {
    run: async () => {
      if (store.phase.value !== 'running' || !desk.problem.value) return;
      layout.show('tests');
      await visit.run();
    },
    submit: async () => {
      if (store.phase.value !== 'running' || !desk.problem.value) return;
      if (desk.source.value.trim() === '') {
        toasts.show('The program is empty. Write something first.', 'bad');
        return;
      }
      if (await isSure()) visit.submit();
    },
  };
}

/** The text of an earlier submission; null where it cannot be had, and then nobody is asked. */
async function sourceOf(visit: Visit, submissionId: Parameters<Visit['look']>[0]): Promise<string | null> {
  const sent = visit.sent.get(submissionId);
  if (sent !== undefined) return sent;
  await visit.look(submissionId).catch(() => undefined);
  return visit.details.value.get(submissionId)?.source ?? null;
}

/** The keys of the contest; each is a button, too. They come before the editor's own. */
export function listenToKeys(visit: Visit, layout: Layout, actions: Actions): () => void {
  const { desk } = visit;
  const act = (event: KeyboardEvent): (() => unknown) | null => {
    const ctrl = event.ctrlKey || event.metaKey;
    switch (event.code) {
      case 'Enter':
      case 'NumpadEnter':
        return ctrl ? (event.shiftKey ? actions.submit : actions.run) : null;
      case 'F9':
        return actions.run;
      case 'F10':
        return actions.submit;
      case 'F6':
        return () => layout.focusNextRegion();
      case 'F1':
        return () => window.open('/help', '_blank');
      case 'PageUp':
      case 'PageDown':
        return event.altKey ? () => desk.turn(event.code === 'PageUp' ? -1 : 1) : null;
      case 'KeyS':
        return ctrl
          ? () => {
              drafts.flush();
              toasts.show('Your draft is kept on this device.');
            }
          : null;
      default:
        return null;
    }
  };
  const listen = (event: KeyboardEvent) => {
    if (document.querySelector('dialog[open]')) return;
    const action = act(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    Promise.resolve(action()).catch(complain);
  };
  document.addEventListener('keydown', listen, { capture: true });
  return () => document.removeEventListener('keydown', listen, { capture: true });
}
