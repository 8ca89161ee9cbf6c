/** Runs `work` while no other process holds the lock file at `path`; a lock whose holder is gone is taken over. */
export function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options?: { readonly patienceMs?: number },
): Promise<T>;
