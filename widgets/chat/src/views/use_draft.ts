import { useRef, useState } from 'preact/hooks';
import { useApp } from '../ui/context';

export interface Draft<T> {
  value: T;
  /** With a function where the change may come later than the render it was made in. */
  change(part: Partial<T> | ((now: T) => Partial<T>)): void;
  clear(): void;
}

/** What was typed and not yet sent: written down at every change, so that no reload can eat it. */
export function useDraft<T extends object>(name: string, empty: () => T): Draft<T> {
  const { engine } = useApp();
  const key = engine.draftKey(name);
  const [value, setValue] = useState<T>(() => stored(engine.keeper.read(key), empty));
  /** The newest value, for changes that come from an earlier render, such as an upload's end. */
  const latest = useRef(value);

  function put(next: T): void {
    latest.current = next;
    setValue(next);
  }

  return {
    value,
    change(part) {
      put({ ...latest.current, ...(typeof part === 'function' ? part(latest.current) : part) });
      engine.keeper.write(key, JSON.stringify(latest.current));
    },
    clear() {
      put(empty());
      engine.keeper.remove(key);
    },
  };
}

function stored<T extends object>(text: string | null, empty: () => T): T {
  try {
    return text === null ? empty() : { ...empty(), ...(JSON.parse(text) as Partial<T>) };
  } catch {
    return empty();
  }
}
