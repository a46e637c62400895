import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { eventually } from '../support/eventually';
import { Player, request } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { openFor, startFor, submission } from '../support/rooms';

describe('a server in a process of its own', () => {
  const folder = temporaryFolder();
  const children: ChildServer[] = [];
  const start = (env: Record<string, string> = {}) => {
    const child = ChildServer.start({ DATA_DIR: folder.path, RATE_LIMITS: 'off', ...env });
    children.push(child);
    return child;
  };
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop('SIGKILL');
  });
  afterAll(() => folder.remove());

  it('that is given a wrong environment ends with all that is wrong, and no stack', async () => {
    const child = start({ PORT: 'http', HOST: '0.0.0.0', JWT_SECRET: 'short' });
    expect(await child.ended).toBe(1);
    for (const name of ['PORT', 'RATE_LIMITS', 'JWT_SECRET']) expect(child.errors).toContain(`\n  ${name} `);
    expect(child.errors).not.toMatch(/\n\s+at |short/);
    expect(child.output).toBe('');
  });

  it('keeps tokens, passwords and sources out of its log, tells its sockets when it goes, and ends well', async () => {
    const child = start({ LOG_LEVEL: 'trace' });
    const url = await child.ready();
    const [ann, ben] = [await Player.signIn(url, 'Ann'), await Player.signIn(url, 'Ben')];
    const password = `marker-${randomUUID()}`;
    const [code, input] = [`marker-${randomUUID()}`, `marker-${randomUUID()}`];
    const room = await startFor(ann, ben, { password });
    const sees = await ann.watch(room.id, 0);
    await ann.post(`/rooms/${room.id}/submissions`, submission(`import sys; sys.exit("${code}")`));
    await ann.post(`/rooms/${room.id}/trials`, { problem: 'A', language: 'python', source: `# ${code}\n1/0`, input });
    await sees.until('submission.judged');
    await sees.notice('trial:done');
    await ann.post(`/rooms/${room.id}/submissions`, { source: code, password, token: ann.token, nonsense: 1 });
    await request(url, 'GET', `/api/me?access_token=${ann.token}`);
    await request(url, 'POST', '/api/auth/refresh', `{"token":"${ann.token}"`, ann.headers);
    (await RawSocket.connect(url, ben.token)).send(`42["${code}",{"token":"${ben.token}"}]`).end();
    ann.connect({ token: `${ben.token}x` }, { reconnection: false });
    const refreshed = await request(url, 'POST', '/api/auth/refresh', undefined, { cookie: ben.cookie });
    const stopped = child.stop();
    await sees.notice('server:restarting');
    for (const player of [ann, ben]) player.disconnect();
    expect(await stopped).toBe(0);
    const secrets = [password, code, input, ann.token, ben.token, refreshed.body.accessToken as string];
    const cookies = [ann.cookie, ben.cookie].map((cookie) => cookie.split('=')[1]!);
    const log = child.errors + child.output;
    for (const secret of [...secrets, ...cookies, ...secrets.map((one) => one.split('.')[2] ?? one)])
      expect(log.includes(secret)).toBe(false);
    expect(child.errors.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
    expect(child.errors).toContain('/api/rooms/join');
  });

  it('keeps out of its log what somebody puts where it does not belong', async () => {
    const child = start({ LOG_LEVEL: 'trace', TRUST_PROXY: 'loopback' });
    const url = await child.ready();
    const ann = await Player.signIn(url, 'Ann');
    const { room } = (await ann.post('/rooms', {})).body;
    const mail = `${randomUUID()}@example.org`;
    const password = `Guess-${randomUUID()}`;
    const cookie = ann.cookie.split('=')[1]!;
    const put = async (path: string, headers: Record<string, string> = {}) =>
      expect((await fetch(url + path, { headers: { ...ann.headers, ...headers } })).status).toBeLessThan(500);
    for (const secret of [mail, ann.token, cookie, password]) {
      for (const path of [`/${secret}`, `/api/${secret}`, `/api/rooms/${secret}`, `/api/users/${secret}/history`])
        await put(path);
      for (const path of ['/api/problems?search=', '/api/me?token=', '/api/auth/google/callback?state=a&code='])
        await put(path + encodeURIComponent(secret));
      for (const name of ['user-agent', 'referer', 'x-forwarded-for', 'x-request-id', 'cookie', 'authorization'])
        await put('/api/me', { [name]: secret });
      for (const body of [{ [secret]: 1 }, { name: secret }, `{"name":"${secret}`, [secret]])
        await request(url, 'POST', '/api/auth/guest', body, { 'content-type': 'application/json' });
      await ann.post('/rooms/join', { code: secret });
      await ann.post(`/rooms/${room.id}/kick`, { userId: secret });
      (await RawSocket.connect(url, ann.token))
        .send(`42["${secret}"]`, `420["room:watch",{"roomId":"${secret}"}]`)
        .end();
    }
    const ben = await Player.signIn(url, 'Ben');
    expect((await ben.post('/rooms/join', { code: room.code, password })).status).toBe(403);
    for (const player of [ann, ben]) player.disconnect();
    expect(await child.stop()).toBe(0);
    const log = child.errors + child.output;
    expect(log).toContain('/api/rooms/…');
    for (const secret of [mail, mail.split('@')[0]!, password, cookie, ann.token, ann.token.split('.')[2]!])
      expect(log.includes(secret)).toBe(false);
  });

  it('ends well when it is told to twice, as by a terminal and by npm at once', async () => {
    const child = start();
    await child.ready();
    child.child.kill('SIGINT');
    child.child.kill('SIGTERM');
    await eventually('it drains', () => child.errors.includes('finishing what is in hand'));
    child.child.kill('SIGINT');
    expect(await child.ended).toBe(0);
    expect(child.errors.match(/finishing what is in hand/g)).toHaveLength(1);
  });

  it('has its folder to itself: a second one is told whose it is', async () => {
    const first = start();
    const url = await first.ready();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.errors).not.toMatch(/\n\s+at /);
    expect(second.errors).toContain(String(first.child.pid));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
  });

  it('keeps rooms and sessions over a restart, and says so when its port is taken', async () => {
    const first = start();
    const url = await first.ready();
    const [ann, ben] = [await Player.signIn(url, 'Ann'), await Player.signIn(url, 'Ben')];
    const room = await openFor(ann, ben);
    expect(await first.stop()).toBe(0);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const refused = start({ PORT: String(port) });
    expect(await refused.ended).toBe(1);
    expect(refused.errors).toMatch(/EADDRINUSE/);
    expect(refused.errors).not.toMatch(/\n\s+at /);
    taken.close();
    const again = await start().ready();
    expect((await request(again, 'GET', `/api/rooms/${room.id}`, undefined, ann.headers)).status).toBe(200);
  });
});
