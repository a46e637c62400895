import { VERDICTS, type TestVerdict } from '../../src/contract/terms';
import { verdictOf } from '../../src/core/verdict';

describe('the verdict of a submission', () => {
  it.each<[TestVerdict[], TestVerdict]>([
    [['AC', 'AC', 'AC'], 'AC'],
    [['AC', 'WA', 'AC'], 'WA'],
    [['AC', 'RTE', 'WA', 'TLE'], 'RTE'],
    [['TLE', 'AC'], 'TLE'],
    [['AC', 'MLE'], 'MLE'],
    [['OLE'], 'OLE'],
    [[], 'AC'],
  ])('%j is %s', (runs, verdict) => expect(verdictOf(runs)).toBe(verdict));
});

describe('the table of verdicts', () => {
  it('lets AC alone solve', () => expect(codesThat('solved')).toEqual(['AC']));
  it('charges for what a player did wrong', () =>
    expect(codesThat('charged')).toEqual(['WA', 'TLE', 'MLE', 'OLE', 'RTE']));
  it('keeps our own errors pending', () => expect(codesThat('pending')).toEqual(['JE']));
});

function codesThat(claim: 'solved' | 'charged' | 'pending'): string[] {
  return Object.entries(VERDICTS).flatMap(([code, verdict]) => (verdict[claim] ? [code] : []));
}
