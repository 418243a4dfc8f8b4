import { createLine, type Entry, type Line, type VisitorEvents, type VisitorSignals } from '@engage/client';
import { isOver } from '../state/conversation';
import type { Store } from '../state/store';
import type { Session } from './session';
import type { Sync } from './sync';

const TYPING_MS = 6_000;
const ALIVE_MS = 20_000;
const TYPING_EVERY_MS = 3_000;

export interface Live {
  /** Opens the line as soon as there is something to hear, closes it when there is not. */
  check(): void;
  suspect(): void;
  typing(id: string, on: boolean): void;
}

export interface LiveConfig {
  store: Store;
  session: Session;
  sync: Sync;
  onEntry: (id: string, entry: Entry) => void;
  onOnline: () => void;
}

export function goLive({ store, session, sync, onEntry, onOnline }: LiveConfig): Live {
  const expiry = new Map<string, ReturnType<typeof setTimeout>>();
  const saidTyping = new Map<string, number>();
  let alive: ReturnType<typeof setInterval> | undefined;
  let isOpen = false;
  let shownToken: string | null = null;

  const line: Line<VisitorSignals> = createLine<VisitorEvents, VisitorSignals>({
    host: '',
    namespace: '/visitor',
    auth: async () => ({ token: session.token() ?? '' }),
    onState: (state) => store.dispatch({ type: 'line_changed', line: state }),
    onSync() {
      onOnline();
      void sync.all();
    },
    // Only a plain answer to a plain question makes us somebody else; `sync` asks it.
    onNotAdmitted: () => void sync.all(),
    on: {
      entry_added({ conversation_id, entry }) {
        const conversation = store.state().conversations[conversation_id];
        if (!conversation) return void sync.all();
        const known = conversation.summary.head >= entry.seq;
        store.dispatch({ type: 'entry_added', id: conversation_id, entry });
        void sync.gap(conversation_id);
        if (!known) onEntry(conversation_id, entry);
      },
      typing({ conversation_id, author_kind, name, on }) {
        if (author_kind !== 'agent') return;
        showTyping(conversation_id, on ? name : null);
      },
      cursor_moved: (move) => store.dispatch({ type: 'cursor_moved', move }),
      conversation_changed(change) {
        store.dispatch({ type: 'conversation_changed', change });
        void sync.gap(change.conversation.id);
      },
      callback_changed({ callback }) {
        if (!store.state().conversations[callback.conversation_id]) return void sync.all();
        store.dispatch({ type: 'call_changed', call: callback });
      },
      conversation_merged: ({ conversation_id, into_id }) => void sync.merged(conversation_id, into_id),
      conversation_renumbered: ({ conversation_id }) => void sync.anew(conversation_id),
      heads({ heads }) {
        store.dispatch({ type: 'heads_learned', heads });
        Object.keys(heads).forEach((id) => void sync.gap(id));
        if (Object.keys(heads).some((id) => !store.state().conversations[id])) void sync.all();
      },
    },
  });

  function showTyping(id: string, name: string | null): void {
    clearTimeout(expiry.get(id));
    store.dispatch({ type: 'typed', id, name });
    if (name !== null)
      expiry.set(
        id,
        setTimeout(() => showTyping(id, null), TYPING_MS),
      );
  }

  return {
    check() {
      const wanted = session.token() !== null && Object.keys(store.state().conversations).length > 0;
      // Whoever became somebody has to come in anew, under the new name.
      if (isOpen && wanted && shownToken !== session.token()) line.close();
      else if (wanted === isOpen) return;
      shownToken = session.token();
      isOpen = wanted;
      clearInterval(alive);
      if (!wanted) return line.close();
      line.open();
      alive = setInterval(() => {
        const someRunning = Object.values(store.state().conversations).some((one) => !isOver(one));
        if (someRunning) line.signal('alive', {});
      }, ALIVE_MS);
    },
    suspect: line.suspect,
    typing(id, on) {
      const said = saidTyping.get(id) ?? 0;
      if (on && Date.now() - said < TYPING_EVERY_MS) return;
      if (!on && said === 0) return;
      saidTyping.set(id, on ? Date.now() : 0);
      line.signal('typing', { conversation_id: id, on });
    },
  };
}
