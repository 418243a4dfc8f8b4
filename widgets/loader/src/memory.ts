import type { Changes } from '@engage/client';

/** Small notes on the host page's side. Storage may be refused or full: then they last for this page only. */
type Area = 'localStorage' | 'sessionStorage';

export interface Note<T> {
  get(): T;
  set(value: T): void;
  forget(): void;
}

export function note<T>(area: Area, key: string, start: T): Note<T> {
  let here = start;
  /** Storage would not take the newest value. */
  let unsaved = false;
  const storage = (): Storage | null => {
    try {
      return window[area];
    } catch {
      return null;
    }
  };
  return {
    get() {
      try {
        const text = unsaved ? null : storage()?.getItem(key);
        return text ? (JSON.parse(text) as T) : here;
      } catch {
        return here;
      }
    },
    set(value) {
      here = value;
      try {
        storage()?.setItem(key, JSON.stringify(value));
        unsaved = false;
      } catch {
        // Full or refused; `here` still has it.
        unsaved = true;
      }
    },
    forget() {
      here = start;
      unsaved = false;
      storage()?.removeItem(key);
    },
  };
}

type Values = Record<string, string>;

export function withChanges(values: Values, changes: Changes): Values {
  const all = Object.entries({ ...values, ...changes });
  return Object.fromEntries(all.filter((one): one is [string, string] => one[1] !== null));
}

/** What has to be changed in `before` to have `after`. */
export function changesBetween(before: Values, after: Values): Changes {
  const gone = Object.keys(before).map((key) => [key, null]);
  const all: Changes = { ...Object.fromEntries(gone), ...after };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => value !== (before[key] ?? null)));
}
