/** What an action asks of a part that is on the screen somewhere else. */
export type Request =
  | 'focus_reply'
  | 'focus_note'
  | 'focus_timeline'
  | 'undo_send'
  | 'attach'
  | 'insert_article'
  | 'insert_canned'
  | 'focus_search'
  | 'open_filters'
  | 'finish_wrap_up'
  | 'dial'
  | 'next_row'
  | 'previous_row'
  | 'select_row'
  | 'select_down'
  | 'select_up'
  | 'select_all';

/** A part that is still being drawn gets what was asked of it a moment ago; later it would surprise. */
const PATIENCE_MS = 3_000;

export function createRequests(now: () => number = Date.now) {
  const listeners = new Map<Request, Set<() => void>>();
  let unheard: { request: Request; at: number } | null = null;
  return {
    ask(request: Request): void {
      const heard = [...(listeners.get(request) ?? [])];
      unheard = heard.length === 0 ? { request, at: now() } : null;
      for (const listener of heard) listener();
    },
    listen(request: Request, listener: () => void): () => void {
      const mine = listeners.get(request) ?? new Set();
      listeners.set(request, mine.add(listener));
      if (unheard?.request === request && now() - unheard.at < PATIENCE_MS) {
        unheard = null;
        listener();
      }
      return () => mine.delete(listener);
    },
  };
}

export type Requests = ReturnType<typeof createRequests>;
