import { localKeeper, memoryKeeper, type Changes, type Keeper } from '@engage/client';
import type { Host } from './host';

/** How long a window waits for the frame that has opened it, which may be gone by now. */
const PATIENCE_MS = 2_000;

/** Our own storage, or, where the browser refuses it to frames, the host page's through the loader. */
export function chooseKeeper(host: Host): Promise<Keeper> {
  const local = localKeeper();
  if (!host.isWindow && (local || host.standsAlone)) return Promise.resolve(local ?? memoryKeeper());
  return new Promise((resolve) => {
    let hear: ((changes: Changes) => void) | null = null;
    if (host.isWindow) setTimeout(() => resolve(local ?? memoryKeeper()), PATIENCE_MS);
    host.onKept((changes) => {
      if (hear) return hear(changes);
      const kept = keptByHost(changes, (change) => host.say({ type: 'keep', changes: change }));
      hear = kept.hear;
      resolve(kept.keeper);
    });
  });
}

export function keptByHost(
  start: Changes,
  tell: (changes: Changes) => void,
): { keeper: Keeper; hear: (changes: Changes) => void } {
  const memory = memoryKeeper();
  const listeners = new Set<(key: string) => void>();
  function take(changes: Changes): void {
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) memory.remove(key);
      else memory.write(key, value);
    }
  }
  take(start);
  return {
    hear(changes) {
      take(changes);
      for (const key of Object.keys(changes)) listeners.forEach((listener) => listener(key));
    },
    keeper: {
      ...memory,
      write(key, value) {
        memory.write(key, value);
        tell({ [key]: value });
      },
      remove(key) {
        memory.remove(key);
        tell({ [key]: null });
      },
      onOtherTab(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

/** What belongs to one tab only, such as the view it shows. */
export function tabNote(key: string): { get(): string | null; set(value: string): void } {
  return {
    get() {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(value) {
      try {
        sessionStorage.setItem(key, value);
      } catch {
        // Refused: the tab starts on its home view after a reload.
      }
    },
  };
}
