import fs, { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import type { JobId } from '../../src/contract/terms';
import { request } from '../support/player';
import { eventually } from '../support/eventually';
import { startFor, submission, SUM } from '../support/rooms';
import { startServer } from '../support/server';

const INSIDE = 'the queue at /srv/secret-path fell over: SELECT 1';

/** A queue that breaks its promise never to fail whoever announces. */
class BrokenQueue extends MemoryJudgeQueue {
  isBroken = false;
  override announce(job: JobId): Promise<void> {
    return this.isBroken ? Promise.reject(new Error(INSIDE)) : super.announce(job);
  }
}

describe('a fault', () => {
  it('is told without detail, and logged under the id it was told with', async () => {
    const queue = new BrokenQueue();
    const log = jest.spyOn(fs, 'write');
    const server = await startServer({ change: (world) => ({ ...world, queue }) });
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    queue.isBroken = true;
    const { status, body, headers } = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM));
    queue.isBroken = false;
    expect({ status, code: body.error.code }).toEqual({ status: 500, code: 'server.fault' });
    expect(JSON.stringify(body)).not.toMatch(/queue|srv|SELECT|Error|\.ts/);
    expect(body.error.requestId).toBe(headers.get('x-request-id'));
    const logged = () => log.mock.calls.map(([, line]) => line).join('');
    await eventually('it is logged', () => logged().includes(INSIDE));
    const [line] = logged()
      .split('\n')
      .filter((one) => one.includes(INSIDE));
    expect(JSON.parse(line!)).toMatchObject({ request: body.error.requestId, level: 50 });
    log.mockRestore();
    await server.close();
  });
});

describe('without its database', () => {
  it('the server answers 503 and when to come back, and lives on', async () => {
    const server = await startServer();
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const [pid] = readFileSync(join(server.world.config.DATA_DIR, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGINT');
    await eventually('it is not ready', async () => (await fetch(`${server.url}/readyz`)).status === 503);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    const asked = [
      ann.get(`/rooms/${room.id}`),
      ann.post(`/rooms/${room.id}/submissions`, submission(SUM)),
      ann.post('/rooms', {}),
      request(server.url, 'POST', '/api/auth/guest', { name: 'Cat' }),
      request(server.url, 'POST', '/api/auth/refresh', {}, ann.headers),
      request(server.url, 'GET', '/api/problems'),
    ];
    for (const { status, body, headers } of await Promise.all(asked)) {
      expect({ status, code: body.error.code }).toEqual({ status: 503, code: 'server.unavailable' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/postgres|connect|ENOENT|socket/i);
    }
    await server.close();
  });
});
