/** What a query says with a word, as what it means; undefined where it says nothing. */
export const isTrue = (word: 'true' | 'false' | undefined): boolean | undefined =>
  word === undefined ? undefined : word === 'true';
