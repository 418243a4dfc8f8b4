import {
  stateOf,
  type Attachment,
  type Author,
  type Entry,
  type EntryState,
  type FormField,
  type Outgoing,
} from '@engage/client';
import { dayKey } from '../../texts/times';
import type { Conversation } from '../../state/state';

export type Mark = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

export interface Bubble {
  kind: 'bubble';
  key: string;
  own: boolean;
  author: Author | null;
  text: string;
  attachments: readonly Attachment[];
  article: { slug: string; title: string } | null;
  at: string;
  /** First and last of an unbroken run by one author: name on the first, tail, time and mark on the last. */
  first: boolean;
  last: boolean;
  mark: Mark | null;
  /** Still in our outbox. */
  outgoing: Outgoing | null;
}

export type Row =
  | Bubble
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'line'; key: string; entry: Entry }
  | { kind: 'form'; key: string; fields: readonly FormField[] };

const GROUP_MS = 5 * 60_000;

/** The queue card and the rating card say it better; wrapping up is the agent's business. */
const SAID_ELSEWHERE: ReadonlySet<EntryState> = new Set(['queued', 'rated', 'wrapped_up']);

/** What the log shows, top to bottom: the timeline, then what is on its way. */
export function rowsOf(conversation: Conversation, outbox: readonly Outgoing[]): Row[] {
  const entries = conversation.timeline?.entries ?? [];
  const rows: Row[] = [];
  let day = '';

  const onDay = (at: string) => {
    if (dayKey(at) !== day) rows.push({ kind: 'day', key: `day-${dayKey(at)}`, at });
    day = dayKey(at);
  };
  for (const entry of entries) {
    const row = rowOf(entry, conversation);
    if (!row) continue;
    onDay(entry.created_at);
    if (isFirstUnread(entry, conversation, rows)) rows.push({ kind: 'unread', key: 'unread' });
    rows.push(row);
  }
  for (const outgoing of stillOutgoing(conversation, outbox)) {
    const bubble = outgoingBubble(outgoing);
    onDay(bubble.at);
    rows.push(bubble);
  }
  return grouped(rows);
}

function rowOf(entry: Entry, conversation: Conversation): Row | null {
  const { details } = entry;
  switch (details.type) {
    case 'note':
    case 'forward':
    case 'split':
      return null;
    case 'plain':
      return entry.kind === 'note' ? null : bubbleOf(entry, conversation, null);
    case 'article':
      return bubbleOf(entry, conversation, details);
    case 'form':
      return { kind: 'form', key: entry.id, fields: details.fields };
    case 'state':
      return SAID_ELSEWHERE.has(details.state) ? null : line(entry);
    case 'transfer':
    case 'call':
      return line(entry);
  }
}

const line = (entry: Entry): Row => ({ kind: 'line', key: entry.id, entry });

function bubbleOf(entry: Entry, { theirs }: Conversation, article: Bubble['article']): Bubble {
  const own = entry.author.kind === 'visitor';
  const mark =
    theirs.read_seq >= entry.seq ? 'read' : theirs.delivered_seq >= entry.seq ? 'delivered' : 'sent';
  return {
    kind: 'bubble',
    // The same before and after it was stored, so that the bubble stays the same element.
    key: entry.client_id ?? entry.id,
    own,
    author: entry.author,
    text: entry.text,
    attachments: entry.attachments,
    article,
    at: entry.created_at,
    first: true,
    last: true,
    mark: own ? mark : null,
    outgoing: null,
  };
}

function outgoingBubble(outgoing: Outgoing): Bubble {
  return {
    kind: 'bubble',
    key: outgoing.client_id,
    own: true,
    author: null,
    text: outgoing.text,
    attachments: outgoing.attachments,
    article: null,
    at: new Date(outgoing.created_at).toISOString(),
    first: true,
    last: true,
    mark: stateOf(outgoing),
    outgoing,
  };
}

export function stillOutgoing(conversation: Conversation, outbox: readonly Outgoing[]): Outgoing[] {
  const stored = new Set(conversation.timeline?.entries.map((entry) => entry.client_id));
  return outbox.filter(
    (row) => row.conversation_id === conversation.summary.id && !stored.has(row.client_id),
  );
}

function isFirstUnread(entry: Entry, { divider }: Conversation, rows: readonly Row[]): boolean {
  if (divider === null || entry.seq <= divider || entry.author.kind === 'visitor') return false;
  return !rows.some((row) => row.kind === 'unread');
}

function grouped(rows: Row[]): Row[] {
  return rows.map((row, at) => {
    if (row.kind !== 'bubble') return row;
    return { ...row, first: !belongs(rows[at - 1], row), last: !belongs(row, rows[at + 1]) };
  });
}

function belongs(one: Row | undefined, other: Row | undefined): boolean {
  if (one?.kind !== 'bubble' || other?.kind !== 'bubble') return false;
  const near = Date.parse(other.at) - Date.parse(one.at) < GROUP_MS;
  const sameSide = one.own === other.own && (one.own || one.author?.id === other.author?.id);
  // A failed message speaks for itself.
  return near && sameSide && one.mark !== 'failed' && other.mark !== 'failed';
}
