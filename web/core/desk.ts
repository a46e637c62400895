import { computed, signal } from '@preact/signals-core';
import type { Label, LanguageId, RoomId, UserId } from '../../src/contract/terms';
import type { AnswerOf, Api } from './api';
import type { Drafts, DraftPlace } from './drafts';

export type RoomProblem = AnswerOf<'GET /api/rooms/:roomId/problems'>['problems'][number];
type Language = AnswerOf<'GET /api/languages'>[number];

/** What the editor shows when one comes to a place: a draft kept earlier, or the language's template. */
interface Opening {
  readonly source: string;
  /** When the draft was kept; null where there was none. */
  readonly keptAt: number | null;
}

/**
 * What one player works on: the problems, the one before him, and his program in the language he chose
 * for it. Every change is kept on this device.
 */
export class Desk {
  readonly problems = signal<readonly RoomProblem[] | null>(null);
  readonly languages = signal<readonly Language[]>([]);
  readonly label = signal<Label>('A');
  /** Programs as they stand on the screen, by place; the editor alone writes them. */
  readonly source = signal('');
  private readonly chosen = signal<Readonly<Record<Label, LanguageId>>>({});

  readonly problem = computed(() => this.problems.value?.find(({ label }) => label === this.label.value));
  readonly titles = computed(() => new Map(this.problems.value?.map(({ label, title }) => [label, title])));
  readonly languageId = computed<LanguageId>(() => {
    const known = this.languages.value.map(({ id }) => id);
    const wanted = [this.chosen.value[this.label.value], this.preferred(), 'cpp', 'python'];
    return wanted.find((id) => id !== undefined && known.includes(id)) ?? known[0] ?? '';
  });
  readonly language = computed(() => this.languages.value.find(({ id }) => id === this.languageId.value));
  readonly place = computed<DraftPlace>(() => ({
    userId: this.userId,
    roomId: this.roomId,
    problem: this.label.value,
    language: this.languageId.value,
  }));

  constructor(
    private readonly api: Api,
    private readonly drafts: Drafts,
    private readonly storage: Storage,
    private readonly roomId: RoomId,
    private readonly userId: UserId,
    /** The language somebody likes best. */
    private readonly preferred: () => LanguageId | undefined,
  ) {
    this.chosen.value = JSON.parse(storage.getItem(this.key) ?? '{}') as Record<Label, LanguageId>;
  }

  /** Gets the statements and the languages. @throws {Refused} contest.not-running before the start; {Away} */
  async open(allowed: readonly LanguageId[] | null): Promise<void> {
    const [{ problems }, languages] = await Promise.all([
      this.api.ask('GET /api/rooms/:roomId/problems', { params: { roomId: this.roomId } }),
      this.api.ask('GET /api/languages'),
    ]);
    this.languages.value = languages.filter(({ id }) => allowed === null || allowed.includes(id));
    this.problems.value = problems;
    this.source.value = this.opening(this.place.value).source;
  }

  turnTo(label: Label): void {
    if (label === this.label.value || !this.problems.value?.some((one) => one.label === label)) return;
    this.label.value = label;
    this.source.value = this.opening(this.place.value).source;
  }

  /** The problem before or after this one, round and round. */
  turn(by: 1 | -1): void {
    const labels = this.problems.value?.map(({ label }) => label) ?? [];
    const at = labels.indexOf(this.label.value) + by;
    this.turnTo(labels.at(at % labels.length)!);
  }

  choose(language: LanguageId): void {
    this.chosen.value = { ...this.chosen.value, [this.label.value]: language };
    this.storage.setItem(this.key, JSON.stringify(this.chosen.value));
    this.source.value = this.opening(this.place.value).source;
  }

  opening(place: DraftPlace): Opening {
    const draft = this.drafts.read(place);
    return draft ?? { source: this.templateOf(place.language), keptAt: null };
  }

  templateOf(language: LanguageId): string {
    return this.languages.value.find(({ id }) => id === language)?.template ?? '';
  }

  typed(source: string): void {
    this.source.value = source;
    this.drafts.write(this.place.value, source);
  }

  private get key(): string {
    return `joust:languages:${this.userId}:${this.roomId}`;
  }
}
