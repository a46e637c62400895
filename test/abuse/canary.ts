import { randomUUID } from 'node:crypto';
import { Overheard } from '../support/overheard';
import type { Player } from '../support/player';
import { expectDone, startFor, submit, SUM } from '../support/rooms';

/** Two who do nothing wrong, and play on whatever the others do. All they are told is kept. */
export class Canary {
  /** What nobody but they may hear, and no log hold. */
  readonly secrets: string[] = [];

  private constructor(private readonly players: readonly Overheard[]) {
    this.secrets.push(...players.flatMap(({ player }) => secretsOf(player)));
  }

  /** Each at a server of his own, where there are two. */
  static async start(...urls: readonly [string, string]): Promise<Canary> {
    return new Canary(await Promise.all(urls.map((url) => Overheard.signIn(url, 'Cat'))));
  }

  get heard(): string {
    return this.players.map(({ heard }) => heard).join('\n');
  }

  /** A whole duel, really judged, seen over sockets without a gap. */
  async play(): Promise<void> {
    const [cat, dan] = this.players.map(({ player }) => player) as [Player, Player];
    const [password, mark] = [`password-${randomUUID()}`, `code-${randomUUID()}`];
    this.secrets.push(password, mark);
    const room = await startFor(cat, dan, { password });
    const sees = [await cat.watch(room.id, 0), await dan.watch(room.id, 0)];
    const id = await submit(cat, room.id, `# ${mark}\n${SUM}`);
    for (const one of sees)
      await one.until((event) => event.data?.submissionId === id && event.data.verdict === 'AC', 60_000);
    expect((await cat.get(`/submissions/${id}`)).body.source).toContain(mark);
    await expectDone(dan.post(`/rooms/${room.id}/resign`));
    for (const one of sees) {
      expect((await one.until('contest.finalized')).data.winnerId).toBe(cat.id);
      expect(one.events.map(({ seq }) => seq)).toEqual(one.events.map((_, index) => index + 1));
      one.socket.disconnect();
    }
  }

  async stop(): Promise<void> {
    for (const player of this.players) await player.stop();
  }
}

/** What proves who somebody is: the part of a token that cannot be guessed, and his cookie’s value. */
export const secretsOf = ({ token, cookie }: Player): string[] => [token.split('.')[2]!, cookie.split('=')[1]!];
