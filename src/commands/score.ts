import { scoreCaseShape } from '../contract/score-file';
import { scoreCase } from '../core/score-file';
import { type Answer, readCases } from './answer';

/** The boards of the contests in a file. */
export async function score(file: string): Promise<Answer> {
  return { json: (await readCases(file, scoreCaseShape)).map(scoreCase) };
}
