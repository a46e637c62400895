import type { Player } from '../support/player';
import { expectDone, expectRefused, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { createProblem, putText } from '../support/setter';
import { everyPage, staff } from '../support/staff';

let server: TestServer;
let setter: Player;
beforeAll(async () => {
  server = await startServer();
  setter = await staff(server, 'setter');
});
afterAll(() => server.close());

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const inputs = async (slug: string) =>
  (await everyPage(setter, `/admin/problems/${slug}/tests`)).map(
    ({ inputStart, sample }) => `${sample ? 's' : 'x'}${String(inputStart).trim()}`,
  );

describe('tests of a problem', () => {
  it('keep samples before secret ones, in the order they are put in', async () => {
    const slug = await createProblem(setter, 3);
    expect(await inputs(slug)).toEqual(['s0', 's1', 's2', 'x0', 'x1', 'x2']);
    expect((await setter.ask('PATCH', `/admin/problems/${slug}/tests/5`, { index: 0 })).body.index).toBe(3);
    expect(await inputs(slug)).toEqual(['s0', 's1', 's2', 'x2', 'x0', 'x1']);
    expect(
      (await setter.ask('PATCH', `/admin/problems/${slug}/tests/0`, { index: 2, input: 'first' })).body.index,
    ).toBe(2);
    expect(await inputs(slug)).toEqual(['s1', 's2', 'sfirst', 'x2', 'x0', 'x1']);
    await expectDone(setter.ask('DELETE', `/admin/problems/${slug}/tests/1`));
    await setter.post(`/admin/problems/${slug}/tests`, { sample: true, input: 'new' });
    expect(await inputs(slug)).toEqual(['s1', 'sfirst', 'snew', 'x2', 'x0', 'x1']);
    await expectRefused(setter.ask('DELETE', `/admin/problems/${slug}/tests/6`), 'test.not-found');
    await expectRefused(setter.ask('PATCH', `/admin/problems/${slug}/tests/x`, {}), 'test.not-found');
  });

  it('are listed from wherever a cursor says, be that a place that can be none', async () => {
    const slug = await createProblem(setter, 1);
    for (const place of [Number.MIN_SAFE_INTEGER, -1, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      const cursor = Buffer.from(JSON.stringify([place])).toString('base64url');
      const { status, body } = await setter.get(`/admin/problems/${slug}/tests?cursor=${cursor}`);
      expect({ place, status, items: body.items.length }).toEqual({ place, status: 200, items: place < 0 ? 2 : 0 });
    }
  });

  it('stay in one order when many are added and moved at once', async () => {
    const slug = await createProblem(setter, 2);
    await Promise.all([
      ...Array.from({ length: 6 }, (_, index) =>
        setter.post(`/admin/problems/${slug}/tests`, { sample: index % 2 === 0, input: `n${index}` }),
      ),
      ...Array.from({ length: 6 }, (_, index) =>
        setter.ask('PATCH', `/admin/problems/${slug}/tests/${index % 4}`, { index: 3 - (index % 4) }),
      ),
    ]);
    const rows = await everyPage(setter, `/admin/problems/${slug}/tests`);
    expect(rows.map(({ index }) => index)).toEqual(rows.map((_, index) => index));
    expect(rows.map(({ sample }) => sample)).toEqual([...Array(5).fill(true), ...Array(5).fill(false)]);
  });

  it('are told as they were written, whoever changes or removes them next', async () => {
    const slug = await createProblem(setter, 2);
    const told: unknown[] = [];
    const addAndRemove = async (index: number) => {
      const removed = setter.ask('DELETE', `/admin/problems/${slug}/tests/2`);
      const { body } = await setter.post(`/admin/problems/${slug}/tests`, { sample: false, input: `n${index}` });
      told[index] = body?.inputStart;
      await removed;
    };
    const all = Array.from({ length: 60 }, (_, index) => index);
    await Promise.all(all.map(addAndRemove));
    expect(told).toEqual(all.map((index) => `n${index}`));
  });

  it('may be as long as 16 MiB where they are secret, and are handed back to the letter', async () => {
    const slug = await createProblem(setter);
    const long = `${'ä1 '.repeat(2_000_000)}\r\n`;
    expect((await putText(setter, slug, '1/input', long)).status).toBe(204);
    const answer = await fetch(`${server.url}/api/admin/problems/${slug}/tests/1/input`, { headers: setter.headers });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect((await answer.text()) === long).toBe(true);
    expect((await everyPage(setter, `/admin/problems/${slug}/tests`))[1]).toMatchObject({
      inputBytes: Buffer.byteLength(long),
    });
    expect(await codeOf(await putText(setter, slug, '0/input', long))).toBe('test.too-large');
    expect(await codeOf(await putText(setter, slug, '1/input', 'x'.repeat(17_000_000)))).toBe('test.too-large');
    expect((await setter.get('/me')).status).toBe(200);
  });

  it('are plain UTF-8 text, and nothing else is taken for it', async () => {
    const slug = await createProblem(setter);
    for (const wrong of [Buffer.from([0xff, 0xfe]), Buffer.from('a\0b')])
      expect(await codeOf(await putText(setter, slug, '0/answer', wrong))).toBe('request.malformed');
    for (const type of ['application/json', 'text/html', 'application/octet-stream'])
      expect(await codeOf(await putText(setter, slug, '0/answer', '1', type))).toBe('request.malformed');
    expect((await putText(setter, slug, '0/answer', '')).status).toBe(204);
    expect(await codeOf(await putText(setter, slug, '9/answer', '1'))).toBe('test.not-found');
  });

  it('are not more than there may be', async () => {
    const slug = await createProblem(setter, 0);
    const replies = [];
    for (let test = 0; test < 21; test += 1)
      replies.push(await setter.post(`/admin/problems/${slug}/tests`, { sample: true }));
    expect(tally(replies)).toEqual({ 201: 20, 'test.too-large': 1 });
  });
});
