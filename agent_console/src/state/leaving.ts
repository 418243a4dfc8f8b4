import { createStore } from './store';

/** Where the person wants to go, while he is asked whether he means it. */
interface Asked {
  go: () => void;
}

/** What is typed and not saved yet: whoever would go away from it is asked first, also by the browser. */
export function createLeaving() {
  const unsaved = new Set<symbol>();
  const asked = createStore<Asked | null>(null);
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
  return {
    asked,
    isHeld: () => unsaved.size > 0,
    /** Until the returned function is called. */
    hold(): () => void {
      const one = Symbol('unsaved');
      unsaved.add(one);
      return () => void unsaved.delete(one);
    },
    /** At once where nothing is lost. */
    leave(go: () => void): void {
      if (unsaved.size === 0) go();
      else asked.set({ go });
    },
    answer(leaves: boolean): void {
      const waiting = asked.get();
      asked.set(null);
      if (leaves) waiting?.go();
    },
  };
}

export type Leaving = ReturnType<typeof createLeaving>;
