import type { AgentConversation, AgentDoor, AgentEvent, Me } from '@engage/client/src/agent';
import {
  applyEntries,
  learnHead,
  missingIn,
  newClientId,
  prependOlder,
  type Attachment,
  type Keeper,
} from '@engage/client';
import {
  foldConversation,
  firstUnread,
  fromConversation,
  type ConversationState,
  type LoadedConversation,
  type Typing,
} from './conversation';
import { wordsFor } from './failure';
import { createSender, type Posting } from './sender';
import { createStore } from './store';

/** What an agent says to the visitor. */
export interface NewMessage {
  text: string;
  attachments: Attachment[];
  article_slug: string | null;
  html?: string | null;
  posting?: Posting | null;
  /** He has been asked about what somebody else wrote meanwhile. */
  force: boolean;
}

/** Enough for going to and fro; more would only hold memory. */
const KEPT = 20;

const stillTyping = (typing: Typing | null) => (typing && typing.until > Date.now() ? typing : null);

type Conversations = ReadonlyMap<string, ConversationState>;

/** Newer facts and entries joined to what is here; older pages that were loaded stay. */
export function refreshed(before: LoadedConversation, loaded: AgentConversation): LoadedConversation {
  const fresh = fromConversation(loaded, before);
  const first = loaded.entries[0]?.seq ?? 0;
  // Something was split off or taken apart while nobody told us.
  const known = new Map(before.timeline.entries.map((entry) => [entry.seq, entry.id]));
  if (loaded.entries.some(({ seq, id }) => (known.get(seq) ?? id) !== id)) return fresh;
  if (first > before.timeline.head + 1) return fresh;
  const timeline = learnHead(applyEntries(before.timeline, loaded.entries), loaded.head);
  return { ...fresh, timeline };
}

export function createConversationKeeper(
  door: AgentDoor,
  keeper: Keeper,
  me: Pick<Me, 'id'>,
  onRead: (conversationId: string) => void,
  onLoaded: (loaded: AgentConversation, askedAt: number) => void = () => undefined,
  onMerged: (id: string, into: string) => void = () => undefined,
) {
  const store = createStore<Conversations>(new Map());
  const asking = new Set<string>();
  /** What was heard while an answer was on its way is newer than that answer. */
  const meanwhile = new Map<string, AgentEvent[]>();
  let openId: string | null = null;

  const ready = (id: string): LoadedConversation | null => {
    const state = store.get().get(id);
    return state?.status === 'ready' ? state.view : null;
  };
  function put(id: string, state: ConversationState): void {
    const next = new Map(store.get());
    next.delete(id);
    next.set(id, state);
    for (const old of next.keys()) {
      if (next.size <= KEPT) break;
      if (old !== openId) next.delete(old);
    }
    store.set(next);
  }
  function change(id: string, by: (view: LoadedConversation) => LoadedConversation): void {
    const view = ready(id);
    if (!view) return;
    const next = by(view);
    if (next === view) return;
    store.set(new Map(store.get()).set(id, { status: 'ready', view: next }));
  }

  function forget(id: string): void {
    const next = new Map(store.get());
    if (next.delete(id)) store.set(next);
  }

  async function load(id: string): Promise<void> {
    const before = ready(id);
    if (!before) put(id, { status: 'loading' });
    const heard: AgentEvent[] = [];
    meanwhile.set(id, heard);
    const askedAt = performance.now();
    try {
      const loaded = await door.conversation(id);
      if (loaded.conversation.id !== id) return onMerged(id, loaded.conversation.id);
      const now = ready(id);
      const view = now ? refreshed(now, loaded) : fromConversation(loaded, null);
      const fold = (folded: LoadedConversation, event: AgentEvent) =>
        foldConversation(folded, event, Date.now(), me.id);
      put(id, { status: 'ready', view: heard.reduce(fold, view) });
      for (const entry of loaded.entries) sender.saw(entry);
      onLoaded(loaded, askedAt);
    } catch (failure) {
      if (!ready(id)) put(id, { status: 'failed', reason: wordsFor(failure) });
    } finally {
      if (meanwhile.get(id) === heard) meanwhile.delete(id);
    }
  }

  /** Fetches what the numbers say is missing; one question at a time for each conversation. */
  async function catchUp(id: string): Promise<void> {
    if (asking.has(id)) return;
    asking.add(id);
    try {
      for (;;) {
        const view = ready(id);
        const missing = view ? missingIn(view.timeline) : { kind: 'nothing' as const };
        if (missing.kind === 'nothing') return;
        if (missing.kind === 'snapshot') return void (await load(id));
        const page = await door.entriesAfter(id, missing.after_seq);
        change(id, (now) => ({
          ...now,
          timeline: learnHead(applyEntries(now.timeline, page.items), page.head),
        }));
        for (const entry of page.items) sender.saw(entry);
        if (page.items.length === 0) return;
      }
    } catch {
      // The next event, beacon or connection asks again.
    } finally {
      asking.delete(id);
    }
  }

  function hear(event: AgentEvent): void {
    const now = Date.now();
    for (const heard of meanwhile.values()) heard.push(event);
    for (const id of store.get().keys()) {
      change(id, (view) => {
        const next = foldConversation(view, event, now, me.id);
        const isNews = event.type === 'entry_added' && next.timeline.head > view.timeline.head;
        if (!isNews || next.unread_from !== null || isLookedAt(id)) return next;
        return { ...next, unread_from: firstUnread(next.timeline.entries, view.timeline.head) };
      });
      const view = ready(id);
      if (view && missingIn(view.timeline).kind !== 'nothing') void catchUp(id);
    }
    if (event.type === 'entry_added') sender.saw(event.entry);
  }

  const isLookedAt = (id: string) => id === openId && document.visibilityState === 'visible';

  const sender = createSender(door, keeper, me.id, (entry) =>
    hear({ type: 'entry_added', conversation_id: entry.conversation_id, entry }),
  );

  return {
    store,
    ready,
    hear,
    load,
    forget,
    outgoing: sender.store,
    retry: sender.retry,
    takeBack: sender.takeBack,
    stop: sender.stop,
    /** Shows what is here; whoever watches it loads what is new. */
    open(id: string | null): void {
      openId = id;
      if (id === null) return;
      change(id, (view) => ({
        ...view,
        unread_from: firstUnread(view.timeline.entries, view.mine.read_seq),
      }));
    },
    /** After a new connection: nobody told us what happened meanwhile, so what is not on the screen is forgotten. */
    reconnected(): void {
      sender.wake();
      const open = openId ? store.get().get(openId) : undefined;
      store.set(openId && open ? new Map([[openId, open]]) : new Map());
    },
    async loadOlder(id: string): Promise<void> {
      const view = ready(id);
      const first = view?.timeline.entries[0];
      if (!view?.timeline.more || !first || asking.has(`older ${id}`)) return;
      asking.add(`older ${id}`);
      try {
        const page = await door.entriesBefore(id, first.seq);
        change(id, (now) => ({ ...now, timeline: prependOlder(now.timeline, page) }));
      } catch {
        // Scrolling on asks again.
      } finally {
        asking.delete(`older ${id}`);
      }
    },
    sendMessage(id: string, message: NewMessage): void {
      const seen_seq = ready(id)?.timeline.head ?? null;
      change(id, (view) => ({ ...view, unread_from: null }));
      sender.sendMessage({ ...message, client_id: newClientId(), conversation_id: id, seen_seq });
    },
    addNote(id: string, text: string, mention_ids: string[]): void {
      sender.addNote({ client_id: newClientId(), conversation_id: id, text, attachments: [], mention_ids });
    },
    /** The agent has seen the end of it. Only who holds the work may tell the visitor so. */
    markRead(id: string): void {
      const view = ready(id);
      if (!view || view.facts.engagement?.agent?.id !== me.id) return;
      onRead(id);
      const { head } = view.timeline;
      if (head <= view.mine.read_seq) return;
      change(id, (now) => ({ ...now, mine: { delivered_seq: head, read_seq: head } }));
      door.moveCursor(id, head).catch(() => undefined);
    },
    fadeTyping(id: string): void {
      change(id, (view) => ({
        ...view,
        typing: stillTyping(view.typing),
        colleague_typing: stillTyping(view.colleague_typing),
      }));
    },
  };
}

export type ConversationKeeper = ReturnType<typeof createConversationKeeper>;
