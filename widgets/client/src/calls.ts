import type { Rest } from './rest';
import type { CallbackOptions, CallbackView, NewCallback } from './wire_visitor';

export interface NumberChecked {
  shown: string | null;
  refusal: 'impossible' | 'country' | 'kind' | null;
}

/** Asking to be called: what can be chosen, and the visitor's own call-backs. */
export function callDoor(rest: Rest, siteKey: string) {
  const site = `/sites/${encodeURIComponent(siteKey)}/callback`;
  const mine = (id: string) => `/visitor/callbacks/${encodeURIComponent(id)}`;
  return {
    options: (zone: string, topic: string) => rest.get<CallbackOptions>(site, { query: { zone, topic } }),
    check: (number: string, country: string) =>
      rest.post<NumberChecked>(`${site}/number`, { number, country }),
    ask: (callback: NewCallback) => rest.post<CallbackView>('/visitor/callbacks', callback),
    move: (id: string, slot_at: string | null) => rest.put<CallbackView>(mine(id), { slot_at }),
    cancel: (id: string) => rest.delete(mine(id)),
  };
}

export type CallDoor = ReturnType<typeof callDoor>;
