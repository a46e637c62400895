/** What was asked for, or `otherwise` where it fails or does not come within this time: whoever looks after others must not hang with them. */
export async function inTime<T, O>(asked: Promise<T>, patienceMs: number, otherwise: O): Promise<T | O> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<O>((resolve) => (late = setTimeout(() => resolve(otherwise), patienceMs)));
  const answer = asked.catch(() => otherwise);
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(late));
}
