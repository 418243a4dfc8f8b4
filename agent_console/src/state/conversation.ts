import type { AgentConversation, AgentEvent, TrailStep, Viewer, WorkItem } from '@engage/client/src/agent';
import { applyEntry, learnHead, timelineOf, type Cursor, type Entry, type Timeline } from '@engage/client';

export type ConversationFacts = Omit<AgentConversation, 'entries' | 'more' | 'head' | 'mine' | 'theirs'>;

export interface Typing {
  name: string;
  note?: boolean;
  until: number;
}

export interface LoadedConversation {
  readonly facts: ConversationFacts;
  readonly timeline: Timeline<Entry>;
  readonly mine: Cursor;
  readonly theirs: Cursor;
  readonly typing: Typing | null;
  /** Another agent who writes an answer now. */
  readonly colleague_typing: Typing | null;
  readonly viewers: readonly Viewer[];
  /** The first entry that was unread when the agent came; the divider stands above it. */
  readonly unread_from: number | null;
}

export type ConversationState =
  | { status: 'loading' }
  | { status: 'failed'; reason: string }
  | { status: 'ready'; view: LoadedConversation };

/** A typing sign that is not renewed fades by itself. */
export const TYPING_FADES_MS = 6_000;

export function firstUnread(entries: readonly Entry[], readSeq: number): number | null {
  return entries.find((one) => one.seq > readSeq && one.author.kind === 'visitor')?.seq ?? null;
}

export function fromConversation(
  loaded: AgentConversation,
  before: LoadedConversation | null,
): LoadedConversation {
  const { entries, more, head, mine, theirs, ...facts } = loaded;
  return {
    facts,
    timeline: timelineOf(entries, head, more),
    mine,
    theirs,
    typing: before?.typing ?? null,
    colleague_typing: before?.colleague_typing ?? null,
    viewers: before?.viewers ?? [],
    unread_from: before?.unread_from ?? firstUnread(entries, mine.read_seq),
  };
}

const grown = (old: Cursor, next: Cursor): Cursor => ({
  delivered_seq: Math.max(old.delivered_seq, next.delivered_seq),
  read_seq: Math.max(old.read_seq, next.read_seq),
});

export function withEngagement(view: LoadedConversation, item: WorkItem): LoadedConversation {
  return { ...view, facts: { ...view.facts, engagement: item } };
}

const sameStep = (a: TrailStep, b: TrailStep) =>
  a.at === b.at && a.kind === b.kind && a.url === b.url && a.query === b.query && a.slug === b.slug;

/** The server sends the latest steps, among them some that are here already. */
export function mergeTrail(known: readonly TrailStep[], latest: readonly TrailStep[]): TrailStep[] {
  return [...known, ...latest.filter((step) => !known.some((one) => sameStep(one, step)))];
}

/** Folds an event into a conversation it may concern; others are returned unchanged. */
export function foldConversation(
  view: LoadedConversation,
  event: AgentEvent,
  now: number,
  myId: string,
): LoadedConversation {
  const { id } = view.facts.conversation;
  switch (event.type) {
    case 'entry_added': {
      if (event.conversation_id !== id) return view;
      const timeline = applyEntry(view.timeline, event.entry);
      // Whoever has just spoken is no longer typing.
      const { kind } = event.entry.author;
      const typing = kind === 'visitor' ? null : view.typing;
      const colleague_typing = kind === 'agent' ? null : view.colleague_typing;
      return { ...view, timeline, typing, colleague_typing };
    }
    case 'typing': {
      if (event.conversation_id !== id) return view;
      const typing = event.on ? { name: event.name, note: event.note, until: now + TYPING_FADES_MS } : null;
      if (event.author_kind === 'visitor') return { ...view, typing };
      return event.author_id === myId ? view : { ...view, colleague_typing: typing };
    }
    case 'cursor_moved': {
      if (event.conversation_id !== id) return view;
      return event.by === 'visitor'
        ? { ...view, theirs: grown(view.theirs, event) }
        : { ...view, mine: grown(view.mine, event) };
    }
    case 'heads': {
      const head = event.heads[id];
      return head === undefined ? view : { ...view, timeline: learnHead(view.timeline, head) };
    }
    case 'viewers':
      return event.conversation_id === id ? { ...view, viewers: event.viewers } : view;
    case 'visitor_changed': {
      const { visitor, trail } = view.facts;
      if (event.visitor_id !== visitor.id) return view;
      const facts = {
        ...view.facts,
        visitor: { ...visitor, online: event.online },
        trail: mergeTrail(trail, event.trail),
      };
      return { ...view, facts };
    }
    case 'work_changed':
      return event.item.conversation_id === id ? withEngagement(view, event.item) : view;
    case 'queue_changed': {
      const item = event.queue.items.find((one) => one.conversation_id === id);
      return item ? withEngagement(view, item) : view;
    }
    case 'labels_changed': {
      if (event.conversation_id !== id) return view;
      const { label_ids } = event;
      const engagement = view.facts.engagement && { ...view.facts.engagement, label_ids };
      return { ...view, facts: { ...view.facts, engagement, label_ids } };
    }
    case 'clock_changed': {
      const { engagement } = view.facts;
      if (engagement?.engagement_id !== event.engagement_id) return view;
      return withEngagement(view, { ...engagement, clock: event.clock });
    }
    case 'site_labels_changed':
    case 'callback_changed':
    case 'draft_changed':
    case 'mail_changed':
    case 'choices_changed':
    case 'routing_turned':
    case 'mentioned':
    case 'mentions_read':
    case 'offer_made':
    case 'offer_ended':
    case 'presence_changed':
    case 'colleague_changed':
    case 'board_changed':
    case 'board_stale':
    case 'board_head':
    case 'agent_head':
    case 'conversation_merged':
    case 'conversation_renumbered':
    case 'going_away':
      return view;
  }
}
