import type { Browser } from 'playwright-core';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { Player } from '../support/player';
import { launch, Visitor } from './support/browser';
import { openRoom, startDuel, SUM } from './support/duel';
import { freePort } from '../support/free-port';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('a server that is killed', () => {
  it('and comes back finds both players where they were, and the submission made meanwhile is judged once', async () => {
    const folder = temporaryFolder();
    const env = { PORT: String(await freePort()), DATA_DIR: folder.path, LOG_LEVEL: 'error', RATE_LIMITS: 'off' };
    const servers = [ChildServer.start(env)];
    try {
      const url = await servers[0]!.ready();
      const ben = await Player.signIn(url, 'Ben');
      const room = await openRoom(ben, { problems: ['a-plus-b'] });
      const ann = await Visitor.open(browser, url);
      await ann.page.goto(`/r/${room.code}`);
      await ann.signIn('Ann');
      await ann.button('I am ready').click();
      await ann.button('I am not ready').waitFor();
      await startDuel(room, []);
      await ann.page.locator('.cm-content').waitFor();
      await ann.chooseLanguage('python');

      await servers[0]!.stop('SIGKILL');
      await ann.button(/^Send when back/).waitFor();
      await ann.write(SUM.python);
      await ann.button(/^Send when back/).click();
      await ann.button(/^Goes out when back/).waitFor();
      servers.push(ChildServer.start(env));
      await servers[1]!.ready();

      await ann.page.locator('.last-verdict', { hasText: 'Accepted' }).waitFor({ timeout: 30_000 });
      expect(await ann.written()).toContain('print(sum');
      const { body } = await ben.get(`/rooms/${room.id}`);
      expect(body.room.submissions).toMatchObject([{ problem: 'A', verdict: 'AC' }]);
      expect(ann.complaints.found).toEqual([]);
      await ann.context.close();
    } finally {
      await Promise.all(servers.map((server) => server.stop('SIGTERM')));
      folder.remove();
    }
  });
});
