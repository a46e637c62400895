/** What runtimes say when an allocation was refused. */
const OUT_OF_MEMORY = new RegExp(
  [
    ...['std::bad_alloc', 'MemoryError', 'heap out of memory', 'Fatal process out of memory'],
    ...['Array buffer allocation failed', 'OutOfMemory(Error|Exception)', 'runtime: (out of|cannot allocate) memory'],
    ...['memory allocation of \\d+ bytes failed', '[Hh]eap (exhausted|overflow)', 'Runtime error 203'],
    ...['failed to allocate memory', '^Out of memory', 'insufficient memory for the Java'],
  ].join('|'),
  'm',
);
/** A growing array is refused when it asks for twice what it has: it may hold only a third of the limit by then. */
const NEAR_THE_LIMIT = 1 / 3;

/** Whether a program failed for want of memory: its runtime says so, and it was near the limit. */
export function ranOutOfMemory(stderr: string, memoryKiB: number, limitKiB: number): boolean {
  return OUT_OF_MEMORY.test(stderr) && memoryKiB > limitKiB * NEAR_THE_LIMIT;
}
