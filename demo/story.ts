/** One thing that somebody saw, so long after the story began. */
export interface Line {
  readonly atMs: number;
  readonly who: string;
  readonly says: string;
}

/** Tells what happens while it happens, in order. */
export class Story {
  private readonly beganAt = performance.now();

  constructor(private readonly write: (line: Line) => void) {}

  tell(who: string, says: string): void {
    this.write({ atMs: performance.now() - this.beganAt, who, says });
  }
}

/** `00:03.214  Ann  Wrong Answer on A` */
export const asText = ({ atMs, who, says }: Line): string => `${asTime(atMs)}  ${who.padEnd(6)} ${says}`;

function asTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000 - 0.000_5).toFixed(3).replace('-', '');
  return `${String(minutes).padStart(2, '0')}:${seconds.padStart(6, '0')}`;
}

export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
