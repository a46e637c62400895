import { readFileSync } from 'node:fs';
import { Browser } from '../support/browser';
import type { ChildServer } from '../support/child-server';
import { joust } from '../support/command-line';
import { eventually } from '../support/eventually';
import { PUBLIC_URL } from '../support/google';
import { IdentityProvider } from '../support/identity-provider';
import { Player } from '../support/player';
import { Proxy } from '../support/proxy';
import { talkativeServer } from '../support/talkative-server';
import { Canary, secretsOf } from './canary';
import type { Stage, Tried } from './case';

/** Servers under attack, and what must hold around every case. Of several, attackers come to each in turn. */
export class Suite {
  canary!: Canary;
  readonly stage: Stage;
  private readonly urls: string[] = [];
  private readonly players: Player[] = [];
  private readonly closing: (() => unknown)[] = [];
  /** What attackers hold that nobody else may hear, and no log; and all that was said to them. */
  private readonly hidden: string[] = [];
  private heard = '';
  private admin: Promise<Player> | undefined;
  private google: ReturnType<Stage['google']> | undefined;

  private constructor(
    private readonly servers: readonly ChildServer[],
    env: Readonly<Record<string, string>>,
  ) {
    const [{ child }] = servers as [ChildServer];
    this.stage = {
      ...{ env, secret: env['JWT_SECRET']!, url: '' },
      log: () => this.log,
      memory: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
      guest: (name) => this.guest(name),
      admin: () => (this.admin ??= this.appoint()),
      hide: (text) => {
        this.hidden.push(text);
        return text;
      },
      google: () => (this.google ??= this.openGoogle()),
    };
  }

  static async on(servers: readonly ChildServer[], env: Readonly<Record<string, string>>): Promise<Suite> {
    const suite = new Suite(servers, env);
    const addresses = (await Promise.all(servers.map((one) => one.ready()))).filter((address) => address !== '');
    for (const address of addresses) {
      const proxy = await Proxy.to(address, (bytes) => (suite.heard += bytes.toString('latin1')));
      suite.urls.push(new URL(proxy.url).origin);
      suite.closing.push(() => proxy.close());
    }
    Object.assign(suite.stage, { url: suite.urls[0]! });
    suite.canary = await Canary.start(addresses[0]!, addresses.at(-1)!);
    suite.closing.push(() => suite.canary.stop());
    return suite;
  }

  /** Tries a case; the servers live on, and have met nothing that nobody foresaw. */
  async try(attempt: Tried): Promise<void> {
    const from = this.servers.map(({ errors }) => errors.length);
    await attempt(this.stage);
    const since = this.servers.map(({ errors }, index) => errors.slice(from[index])).join('\n');
    for (const { child } of this.servers) expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    expect(since.split('\n').filter((line) => /"level":(50|60)|"status":5\d\d/.test(line))).toEqual([]);
  }

  /** That others play on, that nobody has heard what is another's, and the log nothing of it at all. */
  async expectUnharmed(): Promise<void> {
    await this.try(() => this.canary.play());
    const { canary, hidden, heard, stage } = this;
    expect(this.log.length).toBeGreaterThan(0);
    expect([...canary.secrets, ...hidden, stage.secret].filter((one) => this.log.includes(one))).toEqual([]);
    expect(canary.secrets.filter((one) => heard.includes(one))).toEqual([]);
    expect([...hidden, stage.secret].filter((one) => canary.heard.includes(one))).toEqual([]);
    // Looking finds what is there: whoever hands code in is shown it.
    expect(canary.secrets.every((one) => canary.heard.includes(one))).toBe(true);
    this.heard = '';
    hidden.length = 0;
  }

  async close(): Promise<void> {
    for (const player of this.players) player.disconnect();
    for (const close of this.closing) await close();
  }

  private get log(): string {
    return this.servers.map(({ errors }) => errors).join('\n');
  }

  private async guest(name: string): Promise<Player> {
    const player = await Player.signIn(this.urls[this.players.length % this.urls.length]!, name);
    this.players.push(player);
    this.hidden.push(...secretsOf(player));
    return player;
  }

  private async appoint(): Promise<Player> {
    const player = await this.guest('Root');
    expect(await joust(['user:grant', player.id, 'admin'], this.stage.env)).toMatchObject({ code: 0 });
    await eventually('he is admin', async () => (await player.get('/admin/state')).status === 200, { paceMs: 100 });
    return player;
  }

  private async openGoogle(): ReturnType<Stage['google']> {
    const provider = await IdentityProvider.start();
    const { url, stop } = await talkativeServer(provider.clientOf(PUBLIC_URL), PUBLIC_URL);
    this.closing.push(stop, () => provider.stop());
    return { provider, url, browser: () => new Browser(url, PUBLIC_URL) };
  }
}
