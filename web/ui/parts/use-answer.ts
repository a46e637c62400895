import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { complaintOf, type Complaint } from '../../words/complaint';

interface Answer<T> {
  /** null while it is on its way, and when it did not come. */
  readonly value: T | null;
  readonly complaint: Complaint | null;
  readonly again: () => void;
}

/** What the server answers to a question, asked anew when one of `on` changes. */
export function useAnswer<T>(ask: () => Promise<T>, on: readonly unknown[]): Answer<T> {
  const value = useSignal<T | null>(null);
  const complaint = useSignal<Complaint | null>(null);
  const turn = useSignal(0);
  useEffect(() => {
    let isCurrent = true;
    value.value = null;
    complaint.value = null;
    ask().then(
      (answer) => {
        if (isCurrent) value.value = answer;
      },
      (error: unknown) => {
        if (isCurrent) complaint.value = complaintOf(error);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [...on, turn.value]);
  return { value: value.value, complaint: complaint.value, again: () => (turn.value += 1) };
}
