import type { Keeper } from '@engage/client';
import { createStore, type Store } from './store';

interface Form<T> {
  usual: T;
  /** What a reload must bring back; null where that is nothing. */
  pack(value: T): object | null;
  unpack(kept: object): T;
}

/** The store of a conversation; it is the same one each time. */
export type Kept<T> = (conversationId: string) => Store<T>;

/** One value for each conversation that outlives a reload. */
export function createKept<T>(keeper: Keeper, prefix: string, form: Form<T>): Kept<T> {
  const stores = new Map<string, Store<T>>();

  function read(key: string): T {
    try {
      const kept: unknown = JSON.parse(keeper.read(key) ?? 'null');
      return typeof kept === 'object' && kept !== null ? form.unpack(kept) : form.usual;
    } catch {
      return form.usual;
    }
  }

  function write(key: string, value: T): void {
    const packed = form.pack(value);
    const text = packed && JSON.stringify(packed);
    if (text === keeper.read(key)) return;
    if (text === null) keeper.remove(key);
    else keeper.write(key, text);
  }

  return (id) => {
    const known = stores.get(id);
    if (known) return known;
    const key = prefix + id;
    const store = createStore(read(key));
    store.subscribe(() => write(key, store.get()));
    stores.set(id, store);
    return store;
  };
}
