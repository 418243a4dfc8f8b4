/** What an action asks of a part that is on the screen somewhere else. */
export type Request =
  | 'focus_reply'
  | 'focus_note'
  | 'attach'
  | 'insert_article'
  | 'focus_search'
  | 'finish_wrap_up'
  | 'next_row'
  | 'previous_row';

export function createRequests() {
  const listeners = new Set<(request: Request) => void>();
  return {
    ask(request: Request): void {
      for (const listener of [...listeners]) listener(request);
    },
    listen(listener: (request: Request) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Requests = ReturnType<typeof createRequests>;
