import type { Browser } from 'playwright-core';
import type { Role } from '../../../src/contract/terms';
import type { Player } from '../../support/player';
import { startServer, type TestServer } from '../../support/server';
import { staff } from '../../support/staff';
import { ToldJudge } from '../../support/told-judge';
import { TravelClock } from '../../support/travel-clock';
import { launch, Visitor } from './browser';
import { openRoom, startDuel, type OpenedRoom, type RoomSettings } from './duel';

/** A server whose judge says what it is told and whose clock can be travelled in, and one browser, for a spec file. */
export class Stage {
  readonly judge = new ToldJudge();
  readonly clock = new TravelClock();
  server!: TestServer;
  browser!: Browser;

  async open(): Promise<void> {
    const change = (world: Parameters<NonNullable<Parameters<typeof startServer>[0]>['change'] & object>[0]) => ({
      ...world,
      judge: this.judge,
      clock: this.clock,
    });
    [this.server, this.browser] = await Promise.all([startServer({ change }), launch()]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  async visitor(name?: string): Promise<Visitor> {
    const visitor = await Visitor.open(this.browser, this.server.url);
    if (name === undefined) return visitor;
    await visitor.page.goto('/');
    await visitor.signIn(name);
    return visitor;
  }

  /** Somebody who is signed in sits down at a browser, and acts only there from now on. */
  async seat({ cookie }: Player): Promise<Visitor> {
    const visitor = await Visitor.open(this.browser, this.server.url);
    const [name, value] = cookie.split('=') as [string, string];
    const url = `${this.server.url}/api/auth`;
    await visitor.context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
    await visitor.context.addInitScript(() => localStorage.setItem('joust:signed-in', 'yes'));
    return visitor;
  }

  /** One of the staff at a browser, on a page of theirs. */
  async staff(role: Role, path = '/admin', name = `The ${role}`): Promise<Visitor> {
    const visitor = await this.seat(await staff(this.server, role, name));
    await visitor.page.goto(path);
    await visitor.settled();
    return visitor;
  }

  /** A duel that runs: Ann sits at a browser, Ben opened the room and plays over HTTP. */
  async duel(settings: RoomSettings = {}): Promise<Duel> {
    const ben = await this.server.guest('Ben');
    const room = await openRoom(ben, { minutes: 60, ...settings });
    const ann = await this.visitor('Ann');
    await ann.page.goto(`/r/${room.code}`);
    await ann.button('I am ready').click();
    await ann.button('I am not ready').waitFor();
    await startDuel(room, []);
    await ann.page.locator('.statement > h2').waitFor();
    await ann.page.locator('.cm-content').waitFor();
    return { room, ann, ben };
  }
}

export interface Duel {
  readonly room: OpenedRoom;
  readonly ann: Visitor;
  readonly ben: Player;
}

/** Ann's submissions as the server has them, the oldest first. */
export async function submissionsOf({ room, ben }: Duel): Promise<{ problem: string; verdict: string }[]> {
  await ben.renew(); // a test may have travelled further than a token lasts
  const { body } = await ben.get(`/rooms/${room.id}`);
  const annId = body.room.players.find(({ name }: { name: string }) => name === 'Ann').userId;
  return body.room.submissions.filter(({ userId }: { userId: string }) => userId === annId);
}
