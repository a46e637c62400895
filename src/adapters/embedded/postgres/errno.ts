/** Whether `error` is a failed system call with one of these codes, such as `ENOENT`. */
export function isErrno(error: unknown, ...codes: string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

/** What `attempt` returns, or null where its system call fails with one of `codes`. Other errors pass. */
export function unless<T>(codes: readonly string[], attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    if (isErrno(error, ...codes)) return null;
    throw error;
  }
}
