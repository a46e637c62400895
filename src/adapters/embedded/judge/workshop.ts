import type { Artifacts } from './artifacts';
import type { PrecompiledHeaders } from './precompiled-headers';
import type { Slots } from './slots';
import type { Tool } from './toolchain';

/** What jobs are run with. */
export interface Workshop {
  readonly slots: Slots;
  readonly artifacts: Artifacts;
  /** Absent where no box could see them. */
  readonly headers?: PrecompiledHeaders;
  readonly tools: readonly Tool[];
}
