import { Drafts, type DraftPlace } from '../../web/core/drafts';
import { MemoryStorage } from '../support/memory-storage';

const place = (change: Partial<DraftPlace> = {}): DraftPlace => ({
  userId: 'user_ann',
  roomId: 'room_1',
  problem: 'A',
  language: 'cpp',
  ...change,
});

describe('a draft', () => {
  it('is there for the next page, once the page before was flushed', () => {
    const storage = new MemoryStorage();
    const drafts = new Drafts(storage, () => 7);
    drafts.write(place(), 'int');
    drafts.write(place(), 'int main');
    expect(drafts.read(place())?.source).toBe('int main');
    drafts.flush();
    expect(new Drafts(storage, () => 9).read(place())).toEqual({ source: 'int main', keptAt: 7 });
  });

  it('is one per user, room, problem and language', () => {
    const drafts = new Drafts(new MemoryStorage(), () => 0);
    const places = [
      place(),
      place({ userId: 'user_ben' }),
      place({ roomId: 'room_2' }),
      place({ problem: 'B' }),
      place({ language: 'python' }),
    ];
    for (const [index, one] of places.entries()) drafts.write(one, `draft ${index}`);
    drafts.flush();
    expect(places.map((one) => drafts.read(one)?.source)).toEqual(places.map((_, index) => `draft ${index}`));
  });

  it('of a room is found by whoever has to sign in anew', () => {
    const drafts = new Drafts(new MemoryStorage(), () => 0);
    drafts.write(place(), 'one');
    drafts.write(place({ problem: 'B', language: 'python' }), 'two');
    drafts.write(place({ roomId: 'room_2' }), 'three');
    expect(drafts.ofRoom('room_1').map(({ problem, source }) => [problem, source])).toEqual([
      ['A', 'one'],
      ['B', 'two'],
    ]);
  });

  it('takes the place of older ones when the device is full', () => {
    const storage = new MemoryStorage(400);
    let failures = 0;
    let now = 0;
    const drafts = new Drafts(
      storage,
      () => ++now,
      () => (failures += 1),
    );
    for (const problem of 'ABCDEFGH') {
      drafts.write(place({ problem }), problem.repeat(40));
      drafts.flush();
    }
    expect(drafts.read(place({ problem: 'H' }))?.source).toBe('H'.repeat(40));
    expect(drafts.read(place({ problem: 'A' }))).toBeNull();
    expect(failures).toBe(0);
    drafts.write(place(), 'x'.repeat(1_000));
    drafts.flush();
    expect(failures).toBe(1);
  });

  it('that something else has spoilt is none', () => {
    const storage = new MemoryStorage();
    const drafts = new Drafts(storage, () => 0);
    drafts.write(place(), 'good');
    drafts.flush();
    storage.setItem(storage.key(0)!, '{broken');
    expect(drafts.read(place())).toBeNull();
  });
});
