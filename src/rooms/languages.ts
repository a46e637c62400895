import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Refusal } from '../contract/refusals';
import { LanguageIdShape } from '../contract/shapes';
import type { LanguageId } from '../contract/terms';
import type { Language } from '../ports';
import { EngineStore } from '../store/engine.store';

const LOOK_MS = 5_000;

/**
 * What may be handed in: what every engine at work can run, since any of them may get it; while none
 * is, what those could that were there last. It looks now and then: a submission does not wait for it.
 */
@Injectable()
export class Languages {
  private known: readonly Language[] | null = null;

  constructor(private readonly engines: EngineStore) {}

  /** Empty until the first engine has made itself known. */
  async list(): Promise<readonly Language[]> {
    if (this.known === null) await this.look();
    return this.known ?? [];
  }

  /** Before any engine is known everything is kept for it. @throws {Refusal} language.unknown */
  async check(...asked: readonly LanguageId[]): Promise<void> {
    const known = (await this.list()).map(({ id }) => id);
    if (!asked.every((id) => LanguageIdShape.safeParse(id).success)) throw new Refusal('language.unknown');
    if (known.length > 0 && !asked.every((id) => known.includes(id))) throw new Refusal('language.unknown');
  }

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    const [first, ...others] = (await this.engines.last()).map(({ languages }) => languages);
    this.known = (first ?? []).filter(({ id }) => others.every((languages) => languages.some((one) => one.id === id)));
  }
}
