import type { Player } from '../../support/player';
import { submit } from '../../support/rooms';
import type { Visitor } from './browser';
import { openRoom, startDuel, type OpenedRoom, type RoomSettings } from './duel';
import type { Stage } from './scene';

/** As long as names may be. */
export const LONG_NAMES = ['Annabelle-Charlotte Featherstone', 'Bartholomäus von Überlingen-Hoch'] as const;

const LABELS = 'ABCDEFGHIJ';
const VERDICTS = ['WA', 'AC', 'CE', 'AC', 'WA', 'AC'] as const;
const PROGRAM = `import sys

def main():
    data = sys.stdin.read().split()
    # the longest line that anybody has ever written in a contest, so that it has to be scrolled: ${'x'.repeat(60)}
    print(sum(map(int, data)))

main()
`;

/** Two people who have played over HTTP; everything they did lies in the past. */
export class Rivals {
  private constructor(
    private readonly stage: Stage,
    readonly ann: Player,
    readonly ben: Player,
  ) {}

  static async meet(stage: Stage, names: readonly [string, string] = LONG_NAMES): Promise<Rivals> {
    return new Rivals(stage, await stage.server.guest(names[0]), await stage.server.guest(names[1]));
  }

  async start(settings: RoomSettings = {}): Promise<OpenedRoom> {
    const room = await openRoom(this.ann, settings);
    await this.ben.post('/rooms/join', { code: room.code });
    await startDuel(room, [this.ben]);
    await this.has(room, 'contest.started');
    return room;
  }

  /** A duel with as much in it as there can be: ten problems, forty submissions, and it lasts to the end. */
  async playLong(settings: RoomSettings = {}): Promise<OpenedRoom> {
    const room = await this.start({ minutes: 30, problems: { count: 10 }, ...settings });
    for (let count = 0; count < 40; count += 1) {
      this.stage.clock.travel(41_000);
      if (count % 10 === 0) await this.renew();
      const player = count % 5 < 3 ? this.ann : this.ben;
      const verdict = VERDICTS[count % VERDICTS.length]!;
      await submit(player, room.id, `${verdict}\n${count}\n${PROGRAM}`, { problem: LABELS[(count * 3) % 10] });
    }
    await this.renew();
    this.stage.clock.travel(30 * 60_000);
    await this.renew();
    await this.has(room, 'contest.finalized');
    return room;
  }

  /** A short duel that `loser` gives up. */
  async playShort(loser: Player, settings: RoomSettings = {}): Promise<OpenedRoom> {
    const room = await this.start(settings);
    const winner = loser === this.ann ? this.ben : this.ann;
    await submit(winner, room.id, `AC ${room.id}`);
    await submit(loser, room.id, `WA ${room.id}`);
    await loser.post(`/rooms/${room.id}/resign`);
    await this.has(room, 'contest.finalized');
    return room;
  }

  /** Nothing happened, and both agreed to leave it at that. */
  async playNothing(): Promise<OpenedRoom> {
    const room = await this.start();
    for (const player of [this.ann, this.ben]) await player.post(`/rooms/${room.id}/end`);
    await this.has(room, 'contest.finalized');
    return room;
  }

  /** From now on one of them sits at a browser, and acts only there: a session is in one place at a time. */
  async sitDown(player: Player): Promise<Visitor> {
    await player.renew();
    return this.stage.seat(player);
  }

  private async has(room: OpenedRoom, type: 'contest.started' | 'contest.finalized'): Promise<void> {
    const watch = await this.ann.watch(room.id, 0);
    await watch.until(type);
    watch.socket.disconnect();
  }

  private async renew(): Promise<void> {
    for (const player of [this.ann, this.ben]) await player.renew();
  }
}
