const LOCK_PATIENCE_MS = 12_000;

/**
 * Runs `work` while no other tab does. A tab that sleeps while it holds the lock must not silence the others, so
 * we wait a little and go on without it.
 */
export async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_PATIENCE_MS);
  let started = false;
  try {
    await locks.request(name, { signal: patience.signal }, () => {
      started = true;
      clearTimeout(timer);
      return work();
    });
  } catch (failure) {
    if (started) throw failure;
    await work();
  } finally {
    clearTimeout(timer);
  }
}
