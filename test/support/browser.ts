import { request, type Reply } from './player';

/** As much of a browser as signing in elsewhere takes: it keeps our cookies, and goes where it is sent. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every cookie as it was set. */
  readonly set: string[] = [];
  /** Every address it has been to. */
  readonly visited: string[] = [];

  /** @param publicUrl under which it knows the server that listens at `url` */
  constructor(
    private readonly url: string,
    private readonly publicUrl: string,
  ) {}

  /** Goes to an address, and on to where it is sent from there. Says where it stops: before the first that `stopsAt` fits, or where nobody sends it on. */
  async visit(address: string, stopsAt: (address: string) => boolean = () => false): Promise<string> {
    let at = new URL(address, this.publicUrl).href;
    for (let hops = 0; hops < 10; hops += 1) {
      const next = await this.step(at);
      if (next === null || stopsAt(next)) return next ?? at;
      at = next;
    }
    throw new Error(`Sent round and round, last to ${at}`);
  }

  /** One request; the address it is sent to, if any. */
  private async step(at: string): Promise<string | null> {
    this.visited.push(at);
    const isOurs = new URL(at).origin === new URL(this.publicUrl).origin;
    const reached = isOurs ? at.replace(this.publicUrl, this.url) : at;
    const response = await fetch(reached, { redirect: 'manual', headers: isOurs ? { cookie: this.cookie } : {} });
    await response.body?.cancel();
    if (isOurs) response.headers.getSetCookie().forEach((one) => this.keep(one));
    if (response.status >= 400) throw new Error(`${at} answers ${response.status}`);
    const location = response.headers.get('location');
    return location === null ? null : new URL(location, at).href;
  }

  keep(cookie: string): void {
    this.set.push(cookie);
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
    if (value === '') this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** As a page of ours would, by its own script. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await request(this.url, method, `/api${path}`, body, { cookie: this.cookie, ...headers });
    reply.headers.getSetCookie().forEach((one) => this.keep(one));
    return reply;
  }
}
