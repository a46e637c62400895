import type { IdentityProvider } from '../support/identity-provider';
import type { Player } from '../support/player';
import type { Browser } from '../support/browser';

/** What a case is tried on: a server as an operator runs it, in a process of its own. */
export interface Stage {
  /** Where attackers call. All they are told there is read. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secret: string;
  /** All the server has logged. */
  log(): string;
  /** Megabytes the process holds. */
  memory(): number;
  guest(name: string): Promise<Player>;
  /** Somebody who may come in everywhere: what he is refused is refused for what it is. */
  admin(): Promise<Player>;
  /** Notes a text that neither the log nor anybody else may hold. */
  hide(text: string): string;
  /** Another server, for people who sign in with Google. */
  google(): Promise<{ readonly provider: IdentityProvider; readonly url: string; readonly browser: () => Browser }>;
}

/** Tried on the server that runs. */
export type Tried = (stage: Stage) => Promise<void>;

/** Held by a test that needs what nobody outside has: a clock to travel in, a service to break. */
export interface Held {
  readonly heldBy: string;
  /** The name of the test, as it stands in that file. */
  readonly as: string;
}

/** There is nothing here that it could be done to, which is tried, too. */
export interface Moot {
  readonly applies: false;
  readonly why: string;
  readonly seen: Tried;
}

export type Cases = Readonly<Record<string, Tried | Held | Moot>>;
