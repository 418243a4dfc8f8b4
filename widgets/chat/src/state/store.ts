import type { Action } from './actions';
import { reduce } from './reduce';
import type { State } from './state';

export interface Store {
  state(): State;
  dispatch(action: Action): void;
  subscribe(listener: (now: State, before: State) => void): () => void;
}

export function createStore(start: State): Store {
  const listeners = new Set<(now: State, before: State) => void>();
  let state = start;
  return {
    state: () => state,
    dispatch(action) {
      const before = state;
      // Held fast: a listener may dispatch as well, and each step is told exactly once.
      const now = reduce(before, action);
      state = now;
      if (now !== before) listeners.forEach((listener) => listener(now, before));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
