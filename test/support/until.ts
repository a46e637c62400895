/** What `find` finds, asked again and again until it does. */
export async function until<T>(
  find: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  patienceMs = 20_000,
  paceMs = 20,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${find.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
}
