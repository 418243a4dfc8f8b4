import { isSignedOut, missingIn } from '@engage/client';
import { isOver } from '../state/conversation';
import { newestFirst } from '../state/selectors';
import type { Store } from '../state/store';
import type { Session } from './session';

export interface Sync {
  /** Everything that may have been missed: after each connect and each wake-up. */
  all(): Promise<void>;
  /** His call-backs, where the site makes any. */
  calls(): Promise<void>;
  /** The whole of one conversation. */
  conversation(id: string): Promise<void>;
  /** The one goes on in the other; what was being written goes along. */
  merged(id: string, into: string): Promise<void>;
  /** Its entries have other numbers. */
  anew(id: string): Promise<void>;
  /** Entries that must exist and are not here. */
  gap(id: string): Promise<void>;
  older(id: string): Promise<void>;
}

export function createSync(
  store: Store,
  session: Session,
  onStranger: () => void,
  moveDraft: (id: string, into: string) => void,
): Sync {
  const filling = new Map<string, Promise<void>>();
  const { door } = session;

  async function all(): Promise<void> {
    const asked = session.token();
    if (asked === null) return store.dispatch({ type: 'nobody' });
    try {
      const me = await door.me();
      // He may have left, or become somebody, while we asked.
      if (session.token() !== asked) return all();
      store.dispatch({ type: 'me_loaded', me });
    } catch (failure) {
      if (!isSignedOut(failure)) return;
      // Another tab may have got a new token meanwhile.
      return session.token() === asked ? onStranger() : all();
    }
    await Promise.all([calls(), ...idsToRefresh(store).map(conversation)]);
  }

  async function calls(): Promise<void> {
    const { home, conversations } = store.state();
    const offered = home.status === 'ready' && home.value.ways.some(({ channel }) => channel === 'callback');
    const has = Object.values(conversations).some(({ summary }) => summary.channel === 'callback');
    if (session.token() === null || !(offered || has)) return;
    try {
      const { items } = await door.calls();
      // The newest comes first, and is the one that counts in its conversation.
      items.reverse().forEach((call) => store.dispatch({ type: 'call_changed', call }));
    } catch {
      // The next reconnect asks again.
    }
  }

  async function conversation(id: string): Promise<void> {
    try {
      await snapshot(id);
      await gap(id);
    } catch {
      if (!store.state().conversations[id]?.timeline) store.dispatch({ type: 'conversation_failed', id });
    }
  }

  async function snapshot(id: string): Promise<void> {
    const asked = session.token();
    const view = await door.conversation(id);
    if (session.token() !== asked) return;
    store.dispatch({ type: 'conversation_loaded', view });
    if (view.id !== id) follow(id, view.id);
  }

  function follow(id: string, into: string): void {
    moveDraft(id, into);
    store.dispatch({ type: 'conversation_merged', id, into });
  }

  async function merged(id: string, into: string): Promise<void> {
    // The snapshot first: then nothing is missing when the screen changes.
    await conversation(into);
    follow(id, into);
  }

  function gap(id: string): Promise<void> {
    const running = filling.get(id) ?? fill(id).finally(() => filling.delete(id));
    filling.set(id, running);
    return running;
  }

  async function fill(id: string): Promise<void> {
    for (let before = -1; ;) {
      const timeline = store.state().conversations[id]?.timeline;
      if (!timeline || timeline.head === before) return;
      before = timeline.head;
      const missing = missingIn(timeline);
      try {
        switch (missing.kind) {
          case 'nothing':
            return;
          case 'entries':
            store.dispatch({
              type: 'entries_loaded',
              id,
              page: await door.entriesAfter(id, missing.after_seq),
            });
            break;
          case 'snapshot':
            await snapshot(id);
            break;
        }
      } catch {
        // The next beacon or reconnect asks again.
        return;
      }
    }
  }

  return {
    all,
    calls,
    conversation,
    merged,
    anew(id) {
      store.dispatch({ type: 'numbers_void', id });
      return conversation(id);
    },
    gap,
    async older(id) {
      const first = store.state().conversations[id]?.timeline?.entries[0];
      if (!first) return;
      store.dispatch({ type: 'older_loaded', id, page: await door.entriesBefore(id, first.seq) });
    },
  };
}

/** Those on the screen or in progress; the others are loaded when somebody looks at them. */
function idsToRefresh(store: Store): string[] {
  const state = store.state();
  const looked = newestFirst(state).filter((one) => one.timeline !== null);
  const newest = newestFirst(state)
    .filter((one) => !isOver(one))
    .slice(0, 1);
  return [...new Set([...looked, ...newest].map((one) => one.summary.id))];
}
