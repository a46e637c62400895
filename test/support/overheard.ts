import { Player } from './player';
import { Proxy } from './proxy';

/** Somebody every byte of whose answers, streams and sockets is kept. */
export class Overheard {
  heard = '';
  private proxy!: Proxy;
  player!: Player;

  static async signIn(url: string, name: string): Promise<Overheard> {
    const one = new Overheard();
    one.proxy = await Proxy.to(url, (bytes) => (one.heard += bytes.toString('latin1')));
    one.player = await Player.signIn(new URL(one.proxy.url).origin, name);
    return one;
  }

  async stop(): Promise<void> {
    this.player.disconnect();
    await this.proxy.close();
  }
}
