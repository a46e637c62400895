import { signal } from '@preact/signals-core';

/** What is read out: `polite` when there is a pause, `assertive` at once. */
export class Announcer {
  readonly polite = signal('');
  readonly assertive = signal('');

  say(text: string): void {
    this.polite.value = again(this.polite.value, text);
  }

  sayNow(text: string): void {
    this.assertive.value = again(this.assertive.value, text);
  }
}

/** Said twice, it is read twice: only a change is read out, so an invisible mark makes it one. */
const again = (before: string, text: string): string => (before === text ? `${text}\u00a0` : text);
