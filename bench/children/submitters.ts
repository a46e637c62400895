import { call, submission, type Duel } from '../support/people';
import { serve } from '../support/processes';
import { now } from '../support/statistics';

/** Submissions from many players at once. Everybody sends in turn, so that no room is the bottleneck. */
export interface SubmitPlan {
  readonly url: string;
  readonly duels: readonly Duel[];
  readonly clients: number;
  readonly seconds: number;
  /** Submissions per second, at even times whatever the answers do; left out: as fast as the answers come. */
  readonly rate?: number;
}
export interface SubmitResult {
  readonly perSecond: number;
  /** From the moment a submission was meant to be sent to its 202. */
  readonly latenciesMs: readonly number[];
  /** Answers other than 202, by status. */
  readonly refused: Readonly<Record<number, number>>;
}

serve(async ({ url, duels, clients, seconds, rate }: SubmitPlan): Promise<SubmitResult> => {
  const players = duels.flatMap(({ roomId, players }) => players.map(({ token }) => ({ path: pathOf(roomId), token })));
  const latenciesMs: number[] = [];
  const refused: Record<number, number> = {};
  let sent = 0;
  const send = async (meant: number): Promise<void> => {
    const { path, token } = players[sent++ % players.length]!;
    const { status } = await call(url, 'POST', path, token, submission());
    if (status === 202) latenciesMs.push(now() - meant);
    else refused[status] = (refused[status] ?? 0) + 1;
  };
  const began = now();
  const until = began + seconds * 1000;
  if (rate === undefined) {
    const client = async () => {
      while (now() < until) await send(now());
    };
    await Promise.all(Array.from({ length: clients }, client));
  } else {
    await atRate(rate, began, until, send);
  }
  return { perSecond: (latenciesMs.length * 1000) / (now() - began), latenciesMs, refused };
});

const pathOf = (roomId: string) => `/rooms/${roomId}/submissions`;

async function atRate(
  rate: number,
  began: number,
  until: number,
  send: (meant: number) => Promise<void>,
): Promise<void> {
  const underway: Promise<void>[] = [];
  for (let meant = began; meant < until; meant += 1000 / rate) {
    const wait = meant - now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    underway.push(send(meant));
  }
  await Promise.all(underway);
}
