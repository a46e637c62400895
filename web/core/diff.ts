/** One line of two outputs held side by side; null where one of them has no such line. */
interface DiffLine {
  readonly expected: string | null;
  readonly actual: string | null;
  readonly same: boolean;
}

/**
 * Two outputs, line by line as a judge reads them: the third line of one against the third of the other.
 * White space at the end of a line, and empty lines at the end, make no difference to the eye.
 */
export function diffLines(expected: string, actual: string): DiffLine[] {
  const [wanted, got] = [linesOf(expected), linesOf(actual)];
  return Array.from({ length: Math.max(wanted.length, got.length) }, (_, at) => {
    const [one, other] = [wanted[at] ?? null, got[at] ?? null];
    return { expected: one, actual: other, same: one?.trimEnd() === other?.trimEnd() };
  });
}

const linesOf = (text: string): string[] => {
  const lines = text.replace(/\s+$/, '').split('\n');
  return lines.length === 1 && lines[0] === '' ? [] : lines;
};
