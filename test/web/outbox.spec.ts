import { Api, type Refused } from '../../web/core/api';
import { Outbox, type Letter } from '../../web/core/outbox';
import { eventually } from '../support/eventually';
import { MemoryStorage } from '../support/memory-storage';

type Answer = { readonly status: number; readonly body: unknown; readonly retryAfter?: number } | 'away' | 'lost';

/** The network as a test wants it: what is asked is written down, and answered as the test says. */
function network(...answers: Answer[]) {
  const asked: Letter[] = [];
  const api = new Api((_, init) => {
    asked.push(JSON.parse(init!.body as string) as Letter);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer === 'away' || answer === 'lost') return Promise.reject(new TypeError('fetch failed'));
    const headers = answer.retryAfter ? { 'retry-after': String(answer.retryAfter) } : undefined;
    return Promise.resolve(
      new Response(JSON.stringify(answer.body), { status: answer.status, ...(headers && { headers }) }),
    );
  });
  return { api, asked, then: (...more: Answer[]) => answers.splice(0, answers.length, ...more) };
}

const ACCEPTED: Answer = {
  status: 202,
  body: { submissionId: 'sub_1', receivedAt: '2026-01-01T00:00:00.000Z', seq: 5 },
};
const refused = (code: string, status: number): Answer => ({
  status,
  body: { error: { code, message: '', requestId: 'req_1' } },
});
const owner = { userId: 'user_ann', roomId: 'room_1' } as const;
const program = { problem: 'A', language: 'cpp', source: 'int main() {}' };

function outbox(api: Api, storage: Storage = new MemoryStorage()) {
  const delivered: string[] = [];
  const returned: string[] = [];
  const box = new Outbox(api, storage, owner, {
    delivered: ({ key }) => delivered.push(key),
    returned: ({ key }, { code }: Refused) => returned.push(`${key} ${code}`),
  });
  opened.push(box);
  return { box, delivered, returned };
}
const opened: Outbox[] = [];
afterEach(() => opened.splice(0).forEach((box) => box.close()));

describe('a submission on its way', () => {
  it('goes out once when all is well', async () => {
    const { api, asked } = network(ACCEPTED);
    const { box, delivered } = outbox(api);
    box.post({ key: 'k1', ...program });
    await eventually('it is delivered', () => delivered.length > 0);
    expect(asked).toEqual([{ key: 'k1', ...program }]);
    expect(box.letters.value).toEqual([]);
  });

  it('waits while the server is away, and goes out under its one key when it is back', async () => {
    const { api, asked, then } = network('away');
    const { box, delivered } = outbox(api);
    box.post({ key: 'k1', ...program });
    await eventually('it waits', () => box.state.value === 'waiting');
    expect(box.letters.value).toHaveLength(1);
    then(ACCEPTED);
    await Promise.all([box.send(), box.send(), box.send()]);
    expect(delivered).toEqual(['k1']);
    expect(asked.map(({ key }) => key)).toEqual(['k1', 'k1']);
  });

  it('outlives the page it was made on', async () => {
    const storage = new MemoryStorage();
    const before = outbox(network('lost').api, storage);
    before.box.post({ key: 'k1', ...program });
    await eventually('it waits', () => before.box.state.value === 'waiting');
    before.box.close();
    const { api, asked } = network(ACCEPTED);
    const after = outbox(api, storage);
    await after.box.send();
    expect(asked).toEqual([{ key: 'k1', ...program }]);
    expect(after.delivered).toEqual(['k1']);
    await outbox(api, storage).box.send();
    expect(asked).toHaveLength(1);
  });

  it('keeps its order behind one that waits', async () => {
    const { api, asked, then } = network('away');
    const { box, delivered } = outbox(api);
    for (const key of ['k1', 'k2', 'k3']) box.post({ key, ...program });
    await eventually('they wait', () => box.state.value === 'waiting');
    then(ACCEPTED);
    await box.send();
    expect(delivered).toEqual(['k1', 'k2', 'k3']);
    expect(asked.map(({ key }) => key)).toEqual(['k1', 'k1', 'k2', 'k3']);
  });

  it('comes back to its author when the rules refuse it, and is not sent again', async () => {
    const { api, asked } = network(refused('contest.over', 409));
    const { box, returned } = outbox(api);
    box.post({ key: 'k1', ...program });
    await eventually('it is returned', () => returned.length > 0);
    expect(returned).toEqual(['k1 contest.over']);
    await box.send();
    expect(asked).toHaveLength(1);
  });

  it('pauses when it is asked to, for as long as it is asked to', async () => {
    const { api, asked } = network({ ...(refused('rate.limited', 429) as object), retryAfter: 1 } as Answer, ACCEPTED);
    const { box, delivered } = outbox(api);
    box.post({ key: 'k1', ...program });
    await eventually('it pauses', () => box.state.value === 'paused');
    expect(box.pausedUntil.value! - performance.now()).toBeGreaterThan(500);
    await eventually('it goes out by itself', () => delivered.length > 0);
    expect(asked).toHaveLength(2);
  });

  it('waits for its author when his session is over', async () => {
    const { api, then } = network(refused('auth.expired', 401));
    const { box, delivered, returned } = outbox(api);
    box.post({ key: 'k1', ...program });
    await eventually('it waits', () => box.state.value === 'waiting');
    expect(returned).toEqual([]);
    then(ACCEPTED);
    await box.send();
    expect(delivered).toEqual(['k1']);
  });

  it('is nobody else’s', () => {
    const storage = new MemoryStorage();
    outbox(network('away').api, storage).box.post({ key: 'k1', ...program });
    const other = { ...owner, userId: 'user_ben' } as const;
    const box = new Outbox(network('away').api, storage, other, { delivered: fail, returned: fail });
    opened.push(box);
    expect(box.letters.value).toEqual([]);
  });
});

const fail = () => {
  throw new Error('Nothing was sent');
};
