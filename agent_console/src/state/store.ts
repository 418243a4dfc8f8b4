import { useCallback, useRef, useSyncExternalStore } from 'react';

/** One value that can be watched. The console's whole state is a handful of these. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  update(change: (now: T) => T): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function sameShallow(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((one, at) => Object.is(one, b[at]));
}

/** Reads a part of a store; a list of the same members counts as the same list. */
export function useStore<T, Part>(store: Store<T>, select: (value: T) => Part): Part {
  const last = useRef<{ part: Part } | null>(null);
  const read = useCallback(() => {
    const part = select(store.get());
    if (last.current && sameShallow(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
    // `select` is a new function on each drawing; the ref above keeps the result stable.
  }, [store, select]);
  return useSyncExternalStore(store.subscribe, read);
}

export function useValue<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
