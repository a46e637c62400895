import { signal } from '@preact/signals';

export const LEFT_TABS = ['statement', 'submissions', 'board'] as const;
export type LeftTab = (typeof LEFT_TABS)[number];
/** What a narrow screen shows; a wide one shows all of it at once. */
export const SEGMENTS = ['problem', 'code', 'tests', 'board'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** What of the contest is in front, and where the keys lead. */
export class Layout {
  readonly tab = signal<LeftTab>('statement');
  readonly segment = signal<Segment>('problem');
  /** On a screen of middling width the left pane can be put away. */
  readonly isLeftOpen = signal(true);

  read(tab: LeftTab): void {
    this.tab.value = tab;
    this.segment.value = tab === 'statement' ? 'problem' : 'board';
    this.isLeftOpen.value = true;
  }

  show(segment: Segment): void {
    this.segment.value = segment;
    if (segment === 'problem') this.tab.value = 'statement';
    if (segment === 'board' && this.tab.value === 'statement') this.tab.value = 'board';
  }

  /** Arrow keys go from tab to tab. */
  walkTabs(event: KeyboardEvent, tabs: readonly LeftTab[]): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
    if (by === undefined) return;
    event.preventDefault();
    const next = tabs.at((tabs.indexOf(this.tab.value) + by) % tabs.length)!;
    this.read(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  /** F6: from one region of the contest to the next. */
  focusNextRegion(): void {
    const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
      (region) => region.getClientRects().length > 0,
    );
    const at = regions.findIndex((region) => region.contains(document.activeElement));
    const next = regions[(at + 1) % regions.length];
    (next?.querySelector<HTMLElement>('.cm-content') ?? next)?.focus();
  }
}
