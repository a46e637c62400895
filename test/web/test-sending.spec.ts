import { Api, type Refused } from '../../web/core/api';
import { sendTest, type TestDraft } from '../../web/core/test-sending';
import { sendingText, sizeText } from '../../web/words/admin';

/** A server that takes everything but what a test says, and what it was asked. */
function server(refused?: RegExp) {
  const asked: string[] = [];
  const api = new Api(async (path, init) => {
    const { body, headers } = init!;
    const line = `${init!.method} ${path as string} ${body instanceof Blob ? await body.text() : (body as string)}`;
    asked.push(line);
    if (body instanceof Blob)
      expect((headers as Record<string, string>)['content-type']).toBe('text/plain; charset=utf-8');
    const error = { code: 'test.too-large', message: '', requestId: 'req_1' };
    if (refused?.test(line)) return new Response(JSON.stringify({ error }), { status: 413 });
    if (init!.method === 'PUT') return new Response(null, { status: 204 });
    return new Response(JSON.stringify({ index: 4 }));
  });
  return { api, asked };
}

/** Sends it, and tells in order what was told meanwhile. */
async function send(api: Api, index: number | null, draft: Partial<TestDraft>): Promise<string[]> {
  const told: string[] = [];
  const whole = { sample: false, note: null, input: '', answer: '', ...draft };
  await sendTest(api, 'sum', index, whole, {
    added: (at) => told.push(`added ${at}`),
    sending: (side) => told.push(`sending ${side}`),
  }).catch((error: unknown) => told.push((error as Refused).code));
  return told;
}

const TESTS = '/api/admin/problems/sum/tests';

describe('a test of a problem on its way', () => {
  it('goes in one request where it fits', async () => {
    const { api, asked } = server();
    expect(await send(api, null, { input: '1 2', answer: '3' })).toEqual(['added 4']);
    expect(asked).toEqual([`POST ${TESTS} {"sample":false,"note":null,"input":"1 2","answer":"3"}`]);
  });

  it('has its files put in after it, one by one, at the place it was given', async () => {
    const { api, asked } = server();
    const told = await send(api, null, { sample: true, input: new Blob(['long']), answer: new Blob(['longer']) });
    expect(told).toEqual(['added 4', 'sending input', 'sending answer']);
    expect(asked).toEqual([
      `POST ${TESTS} {"sample":true,"note":null}`,
      `PUT ${TESTS}/4/input long`,
      `PUT ${TESTS}/4/answer longer`,
    ]);
  });

  it('may be typed longer than a request, and keeps what is not touched', async () => {
    const { api, asked } = server();
    const long = 'é'.repeat(10_000);
    expect(await send(api, 7, { input: null, answer: long })).toEqual(['sending answer']);
    expect(asked).toEqual([`PATCH ${TESTS}/7 {"note":null}`, `PUT ${TESTS}/7/answer ${long}`]);
  });

  it('is not added twice when a file is refused and another one is chosen', async () => {
    const { api, asked } = server(/^PUT .*too long/);
    expect(await send(api, null, { input: new Blob(['too long']) })).toEqual([
      'added 4',
      'sending input',
      'test.too-large',
    ]);
    expect(await send(api, 4, { input: new Blob(['fits']) })).toEqual(['sending input']);
    expect(asked.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('says how much is sent', () => {
    expect([1, 1023, 1536, 16_777_216].map(sizeText)).toEqual(['1 byte', '1023 bytes', '1.5 KiB', '16.0 MiB']);
    expect(sendingText('input', 2048)).toBe('Sending the input (2.0 KiB) …');
  });
});
