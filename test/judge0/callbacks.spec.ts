import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '../support/eventually';
import { judged } from '../support/judge-programs';
import { echoes, Judge0UnderTest } from '../support/judge0-under-test';

/* Judge0 may say that a run has ended. Whoever says so, however often, changes no verdict. */

const under = new Judge0UnderTest();
let here: Server;
let callbackBase: string;
beforeEach(async () => {
  here = createServer((request, response) => {
    if (request.url === under.judge.callbacks.path) under.judge.callbacks.handle(request, response);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(here, 'listening');
  callbackBase = `http://127.0.0.1:${(here.address() as AddressInfo).port}/`;
});
afterEach(() => {
  here.closeAllConnections();
  here.close();
});

it('is not asked to, unless it is told where', async () => {
  await under.start();
  expect((await judged(under.judge, echoes)).verdict).toBe('AC');
  expect(under.fake.sent.every((sent) => !('callback_url' in sent))).toBe(true);
});

it('wakes whoever waits', async () => {
  await under.start({ callbackBase });
  const { callbacks } = under.judge;
  const woken = callbacks.pause(60_000, new AbortController().signal);
  await fetch(new URL(callbacks.path, callbackBase), { method: 'PUT' });
  await woken;
});

it('calls for every run, at a secret address', async () => {
  await under.start({ callbackBase });
  expect((await judged(under.judge, echoes)).verdict).toBe('AC');
  const [, ...sent] = under.fake.sent; // the first was the look at the start
  const urls = new Set(sent.map(({ callback_url }) => callback_url));
  expect([...urls]).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/judge0\/[\w-]{32}$/)]);
  await eventually('all have called', () => under.fake.calledBack.length === sent.length);
  expect(new Set(under.fake.calledBack)).toEqual(new Set([204]));
});

it.each(['twice', 'late', 'garbage'] as const)('may do so in a bad way: %s', async (manner) => {
  await under.start({ callbackBase });
  under.fake.callbacks = manner;
  const results = await Promise.all([1, 2, 3].map(() => judged(under.judge, echoes)));
  expect(results.map(({ verdict }) => verdict)).toEqual(['AC', 'AC', 'AC']);
  for (const { tests } of results) expect(tests.map(({ index }) => index)).toEqual([0, 1, 2]);
});

it('is not believed: what a stranger says ends nothing', async () => {
  await under.start({ callbackBase });
  under.fake.queueMs = 300;
  const before = under.fake.sent.length;
  const ended = judged(under.judge, { ...echoes, tests: [{ input: '1', accepts: () => false }] });
  await eventually('it is sent', () => under.fake.sent.length > before);
  const body = JSON.stringify({ status: { id: 3 }, stdout: 'MQ==', token: 'x' });
  const url = new URL(under.judge.callbacks.path, callbackBase);
  const calls = await Promise.all(Array.from({ length: 50 }, () => fetch(url, { method: 'PUT', body })));
  expect(calls.every(({ status }) => status === 204)).toBe(true);
  expect((await ended).verdict).toBe('WA');
  expect((await fetch(url)).status).toBe(405);
});
