import type { Cursor } from '@engage/client';
import { shownConversation } from '../state/selectors';
import type { Conversation, State } from '../state/state';
import type { Store } from '../state/store';
import type { Session } from './session';

const SETTLE_MS = 250;

/** Tells the server how far we have received and read. Both only grow, so a late or repeated call is no harm. */
export function followReading(store: Store, session: Session) {
  const told = new Map<string, Cursor>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether the end of the shown conversation is in sight. */
  let atEnd = true;

  function cursorOf(state: State, { timeline, mine, summary }: Conversation): Cursor {
    const head = timeline?.head ?? mine.delivered_seq;
    const looking =
      document.visibilityState === 'visible' && shownConversation(state)?.summary.id === summary.id;
    return { delivered_seq: head, read_seq: looking && atEnd ? head : mine.read_seq };
  }

  function check(): void {
    const state = store.state();
    for (const conversation of Object.values(state.conversations)) {
      if (!conversation.timeline) continue;
      const id = conversation.summary.id;
      const cursor = cursorOf(state, conversation);
      const { mine } = conversation;
      if (cursor.read_seq > mine.read_seq || cursor.delivered_seq > mine.delivered_seq) {
        store.dispatch({ type: 'cursor_moved', move: { conversation_id: id, by: 'visitor', ...cursor } });
        tellSoon(id, cursor);
      }
    }
  }

  function tellSoon(id: string, cursor: Cursor): void {
    told.set(id, cursor);
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => tell(id), SETTLE_MS),
    );
  }

  function tell(id: string): void {
    const cursor = told.get(id);
    // A lost cursor is mended by the next one; it is not worth a queue.
    if (cursor) session.door.moveCursor(id, cursor).catch(() => {});
  }

  store.subscribe(check);
  document.addEventListener('visibilitychange', check);
  return {
    setAtEnd(next: boolean) {
      atEnd = next;
      if (next) check();
    },
  };
}
