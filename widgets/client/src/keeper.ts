/** A place for small texts that outlives a reload: localStorage, or somebody who keeps them for us. */
export interface Keeper {
  read(key: string): string | null;
  write(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
  /** Tells when another tab changed something; returns how to stop listening. */
  onOtherTab(listener: (key: string) => void): () => void;
}

export function memoryKeeper(start: Record<string, string> = {}): Keeper {
  const kept = new Map(Object.entries(start));
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
    onOtherTab: () => () => undefined,
  };
}

/** null where the browser refuses storage to a frame on somebody else's page. */
export function localKeeper(): Keeper | null {
  let storage: Storage;
  try {
    storage = window.localStorage;
    storage.setItem('engage:probe', '1');
    storage.removeItem('engage:probe');
  } catch {
    return null;
  }
  /** What did not fit into the quota: it works as if it were stored, and only a reload would lose it. */
  const unsaved = new Map<string, string>();

  function write(key: string, value: string): void {
    try {
      storage.setItem(key, value);
      unsaved.delete(key);
    } catch {
      unsaved.set(key, value);
    }
  }

  return {
    read: (key) => unsaved.get(key) ?? storage.getItem(key),
    write,
    remove: (key) => {
      unsaved.delete(key);
      storage.removeItem(key);
      // There may be room now.
      for (const [waiting, value] of [...unsaved]) write(waiting, value);
    },
    keys: (prefix) =>
      [...new Set([...Object.keys(storage), ...unsaved.keys()])].filter((key) => key.startsWith(prefix)),
    onOtherTab: (listener) => {
      const heard = (event: StorageEvent) => {
        if (event.storageArea !== storage || event.key === null) return;
        // The other tab's word is newer than ours.
        unsaved.delete(event.key);
        listener(event.key);
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}
