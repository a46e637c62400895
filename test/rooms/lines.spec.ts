import { Lines } from '../../src/rooms/lines';

/** Work that goes on until it is told to end, and what has begun of it. */
function stage() {
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => endings.push(() => resolve(name)));
  };
  const endOne = async () => {
    endings.shift()!();
    for (let n = 0; n < 10; n += 1) await Promise.resolve();
  };
  return { begun, work, endOne };
}

describe('lines', () => {
  it('let whoever brings much wait for himself: the next caller is next', async () => {
    const [lines, { begun, work, endOne }] = [new Lines(2, 100), stage()];
    const done = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => lines.take('a', work(name)));
    done.push(lines.take('b', work('b1')), lines.take('b', work('b2')), lines.take('c', work('c1')));
    expect(begun).toEqual(['a1', 'a2']);
    for (let n = 0; n < 8; n += 1) await endOne();
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
    expect(await Promise.all(done)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1']);
  });

  it('refuse, as what may be asked again, what makes one of them too long; others are let in', async () => {
    const [lines, { begun, work, endOne }] = [new Lines(1, 2), stage()];
    const done = ['a1', 'a2', 'a3'].map((name) => lines.take('a', work(name)));
    await expect(lines.take('a', work('a4'))).rejects.toMatchObject({
      code: 'server.unavailable',
      retryAfterSeconds: expect.any(Number),
    });
    done.push(lines.take('b', work('b1')));
    for (let n = 0; n < 4; n += 1) await endOne();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
    await Promise.all(done);
  });

  it('go on after what fails, and are empty at the end', async () => {
    const lines = new Lines(1, 2);
    const fails = lines.take('a', () => Promise.reject(new Error('no')));
    const next = lines.take('b', () => Promise.resolve('yes'));
    await expect(fails).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(await lines.take('a', () => Promise.resolve('again'))).toBe('again');
  });
});
