import { batch, signal } from '@preact/signals-core';
import { Away, Refused } from './api';

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A list that comes page by page. Only the answer to the latest question counts. */
export class Pages<T> {
  readonly items = signal<readonly T[]>([]);
  readonly hasMore = signal(false);
  /** `new`: there was no answer yet; `asking`: what is shown is about to be replaced or added to. */
  readonly state = signal<'new' | 'asking' | 'done'>('new');
  /** Why the latest question has no answer; what was there before is still there. */
  readonly failure = signal<Refused | Away | null>(null);
  private next: string | undefined;
  private asked = 0;

  constructor(private readonly ask: (cursor: string | undefined) => Promise<Page<T>>) {
    void this.load(undefined);
  }

  /** The next page, after those that are there. */
  more(): Promise<void> {
    return this.load(this.next);
  }

  /** Begins anew. */
  again(): Promise<void> {
    return this.load(undefined);
  }

  private async load(cursor: string | undefined): Promise<void> {
    const mine = (this.asked += 1);
    if (this.state.value === 'done') this.state.value = 'asking';
    try {
      const { items, next } = await this.ask(cursor);
      if (mine !== this.asked) return;
      this.next = next ?? undefined;
      batch(() => {
        this.items.value = cursor === undefined ? items : [...this.items.value, ...items];
        this.hasMore.value = next !== null;
        this.failure.value = null;
        this.state.value = 'done';
      });
    } catch (error) {
      if (mine !== this.asked) return;
      if (!(error instanceof Refused || error instanceof Away)) throw error;
      this.failure.value = error;
      this.state.value = 'done';
    }
  }
}
