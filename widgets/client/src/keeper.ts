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
  return {
    read: (key) => storage.getItem(key),
    write: (key, value) => {
      try {
        storage.setItem(key, value);
      } catch {
        // The quota is full. What is on the screen still works; only a reload would lose it.
      }
    },
    remove: (key) => storage.removeItem(key),
    keys: (prefix) => Object.keys(storage).filter((key) => key.startsWith(prefix)),
    onOtherTab: (listener) => {
      const heard = (event: StorageEvent) => {
        if (event.storageArea === storage && event.key !== null) listener(event.key);
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}
