import type { Label, LanguageId, RoomId, UserId } from '../../src/contract/terms';

/** Where a draft belongs. */
export interface DraftPlace {
  readonly userId: UserId;
  readonly roomId: RoomId;
  readonly problem: Label;
  readonly language: LanguageId;
}
interface Draft {
  readonly source: string;
  /** When it was kept, by this machine's clock. */
  readonly keptAt: number;
}

const PREFIX = 'joust:draft:';
const DEBOUNCE_MS = 300;
const MOST_KEPT = 200;

/** What was typed, kept on this device: per user, room, problem and language. Nothing typed is ever lost. */
export class Drafts {
  private readonly waiting = new Map<string, string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param failed hears that this device keeps nothing any more, as when its storage is full. */
  constructor(
    private readonly storage: Storage,
    private readonly now: () => number,
    private readonly failed: () => void = () => undefined,
  ) {}

  /** Keeps it within a moment. */
  write(place: DraftPlace, source: string): void {
    this.waiting.set(keyOf(place), source);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DEBOUNCE_MS);
  }

  /** Keeps now what waits: the page may be gone in an instant. */
  flush(): void {
    clearTimeout(this.timer);
    for (const [key, source] of this.waiting) this.keep(key, source);
    this.waiting.clear();
  }

  read(place: DraftPlace): Draft | null {
    const key = keyOf(place);
    const waiting = this.waiting.get(key);
    return waiting === undefined ? readDraft(this.storage.getItem(key)) : { source: waiting, keptAt: this.now() };
  }

  forget(place: DraftPlace): void {
    this.waiting.delete(keyOf(place));
    this.storage.removeItem(keyOf(place));
  }

  /** All that was written in a room, whoever wrote it: who has to sign in anew still finds his code. */
  ofRoom(roomId: RoomId): readonly (Draft & Pick<DraftPlace, 'problem' | 'language'>)[] {
    this.flush();
    return this.keys().flatMap((key) => {
      const [, room, problem, language] = key.slice(PREFIX.length).split(':');
      const draft = readDraft(this.storage.getItem(key));
      return room === roomId && draft && problem && language ? [{ ...draft, problem, language }] : [];
    });
  }

  /** Which place a change made in another tab is about, if it is about one of ours. */
  isAt(key: string | null, place: DraftPlace): boolean {
    return key === keyOf(place);
  }

  private keep(key: string, source: string): void {
    const draft = JSON.stringify({ source, keptAt: this.now() } satisfies Draft);
    try {
      this.storage.setItem(key, draft);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.makeRoom();
      this.tryAgain(key, draft);
    }
  }

  private tryAgain(key: string, draft: string): void {
    try {
      this.storage.setItem(key, draft);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.failed();
    }
  }

  /** The oldest drafts give way when the device is full. */
  private makeRoom(): void {
    const byAge = this.keys()
      .map((key) => ({ key, keptAt: readDraft(this.storage.getItem(key))?.keptAt ?? 0 }))
      .sort((a, b) => a.keptAt - b.keptAt);
    const gone = Math.max(Math.ceil(byAge.length / 2), byAge.length - MOST_KEPT);
    for (const { key } of byAge.slice(0, gone)) this.storage.removeItem(key);
  }

  private keys(): string[] {
    return Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index)!).filter((key) =>
      key.startsWith(PREFIX),
    );
  }
}

const keyOf = ({ userId, roomId, problem, language }: DraftPlace): string =>
  `${PREFIX}${userId}:${roomId}:${problem}:${language}`;

function readDraft(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const { source, keptAt } = JSON.parse(text) as Partial<Draft>;
    return typeof source === 'string' ? { source, keptAt: Number(keptAt) || 0 } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
