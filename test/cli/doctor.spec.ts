import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type AddressInfo } from 'node:net';
import { VARIABLES } from '../../src/config';
import { expectFailure, Folder, joust } from '../support/command-line';
import { OwnRedis } from '../support/redis';

const SECRET = '0123456789-abcdefghij-KLMNOPQRST';
const folder = new Folder();
const env = { DATA_DIR: join(folder.path, 'data') };
afterAll(() => folder.remove());

/** An address of this machine at which nobody listens. */
function deadEnd(): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}

describe('config:check', () => {
  it('prints every variable as it is in effect, and no secret', async () => {
    const DATABASE_URL = 'postgres://joust:hunter2@localhost/joust?sslkey=hunter3';
    const said = await joust(['config:check', '--json'], { ...env, PORT: '4000', JWT_SECRET: SECRET, DATABASE_URL });
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(said.json)).toEqual(VARIABLES);
    expect(said.json).toMatchObject({
      ...{ PORT: 4000, HOST: '127.0.0.1', DATA_DIR: env.DATA_DIR, JWT_SECRET: 'set' },
      DATABASE_URL: 'postgres://joust:***@localhost/joust',
    });
    expect(said.stdout).not.toMatch(/hunter|0123456789/);
  });

  it('is a table for people', async () => {
    const { stdout } = await joust(['config:check'], env);
    expect(stdout).toMatch(/^HOST +127\.0\.0\.1$/m);
    expect(stdout).toMatch(/^JWT_SECRET +not set$/m);
  });

  it('tells all that is wrong at once', async () => {
    const wrong = { ...env, PORT: 'x', JWT_SECRET: 'short', RATE_LIMITS: 'off', HOST: '0.0.0.0' };
    for (const asJson of [[], ['--json']]) {
      expectFailure(await joust(['config:check', ...asJson], wrong), /PORT must be a port[^]*JWT_SECRET must have/);
    }
    const { stderr } = await joust(['config:check'], { ...wrong, PORT: '1', JWT_SECRET: SECRET });
    expect(stderr).toMatch(/RATE_LIMITS may be off only on a loopback address/);
  });
});

describe('doctor', () => {
  it('tells what there is', async () => {
    const { code, stderr, json } = await joust(['doctor', '--json'], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(json).toMatchObject({
      ...{ ok: true, config: { PORT: 3000 }, judge: { available: true, slots: expect.any(Number) } },
      database: { ok: true, says: expect.stringMatching(/^PostgreSQL 18/) },
    });
    expect(json.judge.findings.map(({ says }: { says: string }) => says)).toContain(
      'A program in a box was refused all it tried.',
    );
    for (const { version } of json.languages) expect(version).toMatch(/^\d+\./);
    expect(json.languages.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['cpp', 'python']));
  });

  it('needs no place to run programs in but the data folder, as in a container whose /tmp executes nothing', async () => {
    const elsewhere = { ...env, TMPDIR: join(folder.path, 'nowhere') };
    expect((await joust(['doctor', '--json'], elsewhere)).json.judge).toMatchObject({ available: true });
    expect(readdirSync(join(env.DATA_DIR, 'judge')).filter((name) => name.startsWith('command-'))).toEqual([]);
  });

  it('tells people what is missing, beside what there is', async () => {
    const said = await joust(['doctor'], { ...env, DATABASE_URL: `postgres://joust:hunter2@${await deadEnd()}/joust` });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/^The database cannot be opened: .*ECONNREFUSED/);
    expect(said.stdout).toMatch(/^ {2}-- {2}The database cannot be opened/m);
    expect(said.stdout).toMatch(/^ {2}cpp +C\+\+17 +\d/m);
    expect(said.stdout + said.stderr).not.toContain('hunter2');
  });

  it('tells what is wrong with the Judge0 in use, and no token of it', async () => {
    const JUDGE0_AUTH_TOKEN = 'hunter4';
    const said = await joust(['doctor'], { ...env, JUDGE0_URL: `http://${await deadEnd()}`, JUDGE0_AUTH_TOKEN });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/^Nothing can be judged.*Judge0 does not answer: .*ECONNREFUSED/);
    expect(said.stdout).toMatch(/^ {2}JUDGE0_AUTH_TOKEN +set$/m);
    expect(said.stdout + said.stderr).not.toContain('hunter4');
  });

  it('looks at the broker and the Redis in use, and names what does not answer', async () => {
    const redis = await OwnRedis.start();
    const AMQP_URL = `amqp://joust:hunter5@${await deadEnd()}`;
    const said = await joust(['doctor', '--json'], { ...env, AMQP_URL, REDIS_URL: redis.url });
    await redis.stop();
    expect(said.json).toMatchObject({
      ...{ ok: false, database: { ok: true }, bus: { ok: true, says: 'Redis' } },
      queue: { ok: false, says: expect.stringMatching(/^RabbitMQ: .*ECONNREFUSED/) as string },
    });
    expect(said.stdout + said.stderr).not.toContain('hunter5');

    const without = await joust(['doctor'], { ...env, REDIS_URL: `redis://${await deadEnd()}` });
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/^Redis does not answer/m);
    expect(without.stdout).toMatch(/^ {2}ok {2}in this process, 0 waiting/m);
    expect(without.stdout).toMatch(/^ {2}-- {2}Redis does not answer/m);
  });

  it('asks no engine where others judge', async () => {
    const served = { ROLE: 'api', DATABASE_URL: `postgres://joust@${await deadEnd()}/joust`, JWT_SECRET: SECRET };
    const reached = { AMQP_URL: `amqp://${await deadEnd()}`, REDIS_URL: `redis://${await deadEnd()}` };
    const { json, stderr } = await joust(['doctor', '--json'], { ...env, ...served, ...reached });
    expect(json).toMatchObject({ ok: false, judge: null, languages: [] });
    expect(stderr).not.toContain('Nothing can be judged');
  });

  it('needs settings that can be used', async () => {
    expectFailure(await joust(['doctor'], { ...env, PORT: 'x' }), /PORT must be a port number/);
  });
});

it('without a database, what needs one says so', async () => {
  const lost = { ...env, DATABASE_URL: `postgres://joust@${await deadEnd()}/joust` };
  expectFailure(await joust(['problem:list'], lost), /^The database cannot be opened: .*ECONNREFUSED/);
});
