/** What the host page can listen to. */
export interface EventPayloads {
  ready: undefined;
  open: undefined;
  close: undefined;
  message: { conversation_id: string };
  unread: { count: number };
  error: { code: string };
}

export type EventName = keyof EventPayloads;
export type Listener<Name extends EventName> = (payload: EventPayloads[Name]) => void;

export function eventHub() {
  const listeners = new Map<EventName, Set<Listener<never>>>();
  return {
    on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => void set.delete(listener);
    },
    off<Name extends EventName>(name: Name, listener: Listener<Name>): void {
      listeners.get(name)?.delete(listener);
    },
    emit<Name extends EventName>(name: Name, payload: EventPayloads[Name]): void {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<Name>)(payload);
        } catch (failure) {
          // The host's mistake must not stop the widget, nor go unseen.
          reportError(failure);
        }
      }
    },
  };
}

export type EventHub = ReturnType<typeof eventHub>;
