/** Small notes on the host page's side. Storage may be refused or full: then they last for this page only. */
type Area = 'localStorage' | 'sessionStorage';

export interface Note<T> {
  get(): T;
  set(value: T): void;
  forget(): void;
}

export function note<T>(area: Area, key: string, start: T): Note<T> {
  let here = start;
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
        const text = storage()?.getItem(key);
        return text ? (JSON.parse(text) as T) : here;
      } catch {
        return here;
      }
    },
    set(value) {
      here = value;
      try {
        storage()?.setItem(key, JSON.stringify(value));
      } catch {
        // Full or refused; `here` still has it.
      }
    },
    forget() {
      here = start;
      storage()?.removeItem(key);
    },
  };
}
