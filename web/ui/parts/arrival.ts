import { Away } from '../../core/api';
import { complaintOf } from '../../words/complaint';
import { SIGN_IN_ENDINGS } from '../../../src/contract/sign-in';
import { session, toasts } from '../joust';

/** Where somebody comes back from Google, says how that ended, and lets in whom it let in. Done twice, it is done once. */
export async function arrive(): Promise<void> {
  const address = new URL(location.href);
  const ending = address.searchParams.get('sign-in') ?? '';
  if (!Object.hasOwn(SIGN_IN_ENDINGS, ending)) return;
  const { ok, says } = SIGN_IN_ENDINGS[ending as keyof typeof SIGN_IN_ENDINGS];
  address.searchParams.delete('sign-in');
  history.replaceState(history.state, '', address);
  toasts.show(says, ok ? 'good' : 'bad');
  try {
    if (ok) await session.arrive();
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    toasts.show(complaintOf(error).says, 'bad');
  }
}
