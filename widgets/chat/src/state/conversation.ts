import {
  applyEntries,
  learnHead,
  prependOlder,
  timelineOf,
  type CallbackView,
  type ConversationSummary,
  type ConversationView,
  type Cursor,
  type EntriesAnswer,
  type Entry,
  type VisitorEvents,
} from '@engage/client';
import type { Conversation } from './state';

const NOWHERE: Cursor = { delivered_seq: 0, read_seq: 0 };

export function fromSummary(summary: ConversationSummary, before: Conversation | undefined): Conversation {
  if (!before) {
    return {
      summary,
      position: null,
      expected_wait_seconds: null,
      expected_wait: null,
      timeline: null,
      failed: false,
      call: null,
      mine: NOWHERE,
      theirs: NOWHERE,
      typing: null,
      divider: null,
    };
  }
  const timeline = before.timeline && learnHead(before.timeline, summary.head);
  return { ...before, summary: isOlder(summary, before) ? before.summary : summary, timeline };
}

/** An answer may arrive after an event that it does not know of. Every change of state is an entry, so heads tell. */
function isOlder({ head }: ConversationSummary, than: Conversation | undefined): boolean {
  return than !== undefined && head < than.summary.head;
}

export function fromView(view: ConversationView, before: Conversation | undefined): Conversation {
  const { entries, more, mine, theirs, position, expected_wait_seconds, expected_wait, ...summary } = view;
  const base = fromSummary(summary, before);
  const known = base.timeline;
  const joins = known !== null && (entries[0]?.seq ?? 0) <= known.head + 1;
  const timeline = joins ? applyEntries(known, entries) : timelineOf(entries, view.head, more);
  return {
    ...base,
    timeline,
    failed: false,
    mine: furthest(base.mine, mine),
    theirs: furthest(base.theirs, theirs),
    ...(isOlder(view, before) ? {} : { position, expected_wait_seconds, expected_wait }),
  };
}

export function changed(
  before: Conversation | undefined,
  change: VisitorEvents['conversation_changed'],
): Conversation {
  const { conversation, position, expected_wait_seconds, expected_wait } = change;
  return { ...fromSummary(conversation, before), position, expected_wait_seconds, expected_wait };
}

export function withEntries(conversation: Conversation, page: EntriesAnswer): Conversation {
  if (!conversation.timeline) return conversation;
  const timeline = learnHead(applyEntries(conversation.timeline, page.items), page.head);
  return { ...conversation, timeline };
}

export function withOlder(conversation: Conversation, page: EntriesAnswer): Conversation {
  if (!conversation.timeline) return conversation;
  return { ...conversation, timeline: prependOlder(conversation.timeline, page) };
}

export function withEntry(conversation: Conversation, entry: Entry): Conversation {
  const { summary, timeline } = conversation;
  const isNew = entry.seq > summary.head;
  return {
    ...conversation,
    timeline: timeline && applyEntries(timeline, [entry]),
    typing: entry.author.kind === 'agent' ? null : conversation.typing,
    summary: {
      ...summary,
      head: Math.max(summary.head, entry.seq),
      updated_at: isNew ? entry.created_at : summary.updated_at,
      last_text: isNew && entry.text !== '' ? entry.text : summary.last_text,
      unread: isNew && asksForAttention(entry) ? summary.unread + 1 : summary.unread,
    },
  };
}

export function withCursor(conversation: Conversation, move: VisitorEvents['cursor_moved']): Conversation {
  if (move.by === 'agent') return { ...conversation, theirs: furthest(conversation.theirs, move) };
  const mine = furthest(conversation.mine, move);
  const caughtUp = mine.read_seq >= conversation.summary.head;
  return {
    ...conversation,
    mine,
    summary: caughtUp ? { ...conversation.summary, unread: 0 } : conversation.summary,
  };
}

/** Puts the unread divider where the visitor stopped reading, or takes it away. */
export function withDivider(conversation: Conversation): Conversation {
  return { ...conversation, divider: unreadIn(conversation) > 0 ? conversation.mine.read_seq : null };
}

/** Cursors only grow, whatever the order in which moves arrive. */
function furthest(one: Cursor, other: Cursor): Cursor {
  return {
    delivered_seq: Math.max(one.delivered_seq, other.delivered_seq, other.read_seq),
    read_seq: Math.max(one.read_seq, other.read_seq),
  };
}

/** Somebody said something, as opposed to something having happened. */
export function asksForAttention(entry: Entry): boolean {
  return entry.author.kind !== 'visitor' && (entry.kind === 'message' || entry.kind === 'article');
}

export function unreadIn({ timeline, mine, summary }: Conversation): number {
  if (!timeline) return summary.unread;
  return timeline.entries.filter((entry) => entry.seq > mine.read_seq && asksForAttention(entry)).length;
}

export function isOver({ summary, call }: Conversation): boolean {
  if (call !== null && isCallOpen(call)) return false;
  return summary.state === 'closed' || summary.state === 'abandoned';
}

const CALL_ENDED: ReadonlySet<CallbackView['state']> = new Set(['done', 'failed', 'cancelled', 'expired']);

/** We are still to call, or calling. */
export const isCallOpen = ({ state }: CallbackView) => !CALL_ENDED.has(state);

export function isWaiting({ summary }: Conversation): boolean {
  return summary.state === 'queued' && summary.channel === 'webchat';
}
