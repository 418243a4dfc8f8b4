import type { EngageEventName, EngageEvents, EngageListener } from '../engage';

export function eventHub() {
  const listeners = new Map<EngageEventName, Set<EngageListener<never>>>();
  return {
    on<Name extends EngageEventName>(name: Name, listener: EngageListener<Name>): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    off<Name extends EngageEventName>(name: Name, listener: EngageListener<Name>): void {
      listeners.get(name)?.delete(listener);
    },
    emit<Name extends EngageEventName>(name: Name, payload: EngageEvents[Name]): void {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as EngageListener<Name>)(payload);
        } catch (failure) {
          // The host's mistake must not stop the widget, nor go unseen.
          reportError(failure);
        }
      }
    },
  };
}

export type EventHub = ReturnType<typeof eventHub>;
