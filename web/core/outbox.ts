import { signal } from '@preact/signals-core';
import type { Label, LanguageId, RoomId, SubmissionId, UserId } from '../../src/contract/terms';
import { Away, Refused, type Api } from './api';

/** A submission somebody has made and the server has not confirmed yet. Its key makes it one, however often it is sent. */
export interface Letter {
  readonly key: string;
  readonly userId: UserId;
  readonly roomId: RoomId;
  readonly problem: Label;
  readonly language: LanguageId;
  readonly source: string;
}
/** `waiting`: the server is away, and it goes out when that is back; `paused`: it asked us to wait. */
type LetterState = 'sending' | 'waiting' | 'paused';

interface Postbox {
  readonly delivered: (letter: Letter, submissionId: SubmissionId) => void;
  readonly returned: (letter: Letter, refusal: Refused) => void;
}

const KEY = 'joust:outbox';
const AGAIN_MS = 3_000;
const ASKS_TO_WAIT = new Set(['rate.limited', 'queue.full', 'server.unavailable', 'server.fault']);

/**
 * What is on its way. It is kept on this device before it is sent, so that neither a lost connection
 * nor a closed page loses it, and every try carries the same key, so that it counts once.
 */
export class Outbox {
  readonly letters = signal<readonly Letter[]>([]);
  readonly state = signal<LetterState>('sending');
  /** When a paused letter is sent again, by the steady clock. */
  readonly pausedUntil = signal<number | null>(null);
  private sending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly api: Api,
    private readonly storage: Storage,
    private readonly owner: Pick<Letter, 'userId' | 'roomId'>,
    private readonly postbox: Postbox,
  ) {
    this.letters.value = this.stored().filter((letter) => this.isOurs(letter));
  }

  post(letter: Omit<Letter, 'userId' | 'roomId'>): void {
    this.keep([...this.letters.value, { ...this.owner, ...letter }]);
    void this.send();
  }

  /** Sends what waits, in order. Called whenever the line is back; more calls than needed do no harm. */
  async send(): Promise<void> {
    if (this.sending || this.closed) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (let letter = this.next; letter !== undefined; letter = this.next) {
        this.state.value = 'sending';
        this.pausedUntil.value = null;
        if (!(await this.deliver(letter))) break;
      }
    } finally {
      this.sending = false;
    }
  }

  private get next(): Letter | undefined {
    return this.closed ? undefined : this.letters.value[0];
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** @returns whether the letter is settled, one way or the other */
  private async deliver(letter: Letter): Promise<boolean> {
    const { key, problem, language, source, roomId } = letter;
    try {
      const body = { key, problem, language, source };
      const { submissionId } = await this.api.ask('POST /api/rooms/:roomId/submissions', { params: { roomId }, body });
      this.settle(letter);
      this.postbox.delivered(letter, submissionId);
      return true;
    } catch (error) {
      if (error instanceof Away) return this.wait('waiting', AGAIN_MS);
      if (!(error instanceof Refused)) throw error;
      // Without a session nobody may send it; whoever signs in again sends it then.
      if (error.status === 401) return this.wait('waiting', null);
      if (ASKS_TO_WAIT.has(error.code)) return this.wait('paused', (error.retryAfterSeconds ?? 3) * 1000);
      this.settle(letter);
      this.postbox.returned(letter, error);
      return true;
    }
  }

  private wait(state: LetterState, againMs: number | null): false {
    this.state.value = state;
    this.pausedUntil.value = state === 'paused' && againMs !== null ? performance.now() + againMs : null;
    if (againMs !== null && !this.closed) this.timer = setTimeout(() => void this.send(), againMs);
    return false;
  }

  private settle(letter: Letter): void {
    this.keep(this.letters.value.filter(({ key }) => key !== letter.key));
  }

  private keep(letters: readonly Letter[]): void {
    this.letters.value = letters;
    const others = this.stored().filter((letter) => !this.isOurs(letter));
    this.storage.setItem(KEY, JSON.stringify([...others, ...letters]));
  }

  private isOurs({ userId, roomId }: Letter): boolean {
    return userId === this.owner.userId && roomId === this.owner.roomId;
  }

  private stored(): Letter[] {
    return JSON.parse(this.storage.getItem(KEY) ?? '[]') as Letter[];
  }
}

/** A key nobody else has. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
