import { readInvitation, roomPath } from '../../web/core/invitation';
import { diffLines } from '../../web/core/diff';

describe('an invitation', () => {
  it.each([
    ['abcd1234', 'ABCD1234', null],
    ['  abcd 1234 ', 'ABCD1234', null],
    ['http://127.0.0.1:3000/r/ABCD1234', 'ABCD1234', null],
    ['https://joust.example/r/abcd1234#6T28%20E3', 'ABCD1234', '6T28 E3'],
    ['https://joust.example/practice', '', null],
  ])('%j leads to room %j with password %j', (typed, code, password) => {
    expect(readInvitation(typed)).toEqual({ code, password });
  });

  it('that is handed on is understood', () => {
    const invitation = { code: 'ABCD1234', password: 'pass#word /?é' };
    expect(readInvitation(`https://joust.example${roomPath(invitation)}`)).toEqual(invitation);
  });
});

describe('two outputs', () => {
  it('are the same line by line, but for what no eye sees', () => {
    expect(diffLines('1 2\n3\n', '1 2  \n3\n\n\n').every(({ same }) => same)).toBe(true);
  });

  it('show where they differ, and what one of them lacks', () => {
    expect(diffLines('1\n2\n3\n', '1\n5\n')).toEqual([
      { expected: '1', actual: '1', same: true },
      { expected: '2', actual: '5', same: false },
      { expected: '3', actual: null, same: false },
    ]);
    expect(diffLines('1', '')).toEqual([{ expected: '1', actual: null, same: false }]);
  });
});
