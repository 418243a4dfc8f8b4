import type { ConversationSummary, ConversationView, Entry } from '@engage/client';

export const AT = '2026-03-02T10:00:00Z';

export function anEntry(parts: Partial<Entry> & { seq: number }): Entry {
  return {
    id: `entry-${parts.seq}`,
    conversation_id: 'c1',
    kind: 'message',
    audience: 'customer',
    created_at: AT,
    author: { kind: 'agent', id: 'a1', name: 'Anna', picture: null },
    client_id: null,
    text: `text ${parts.seq}`,
    attachments: [],
    details: { type: 'plain', html: null },
    ...parts,
  };
}

export const byVisitor = { kind: 'visitor', id: 'v1', name: '', picture: null } as const;

export function aSummary(parts: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: 'c1',
    topic: 'Bills',
    state: 'active',
    channel: 'webchat',
    created_at: AT,
    updated_at: AT,
    head: 0,
    unread: 0,
    last_text: '',
    agent: null,
    rating: null,
    ...parts,
  };
}

export function aView(entries: Entry[], parts: Partial<ConversationView> = {}): ConversationView {
  return {
    ...aSummary({ head: entries.at(-1)?.seq ?? 0 }),
    entries,
    more: false,
    mine: { delivered_seq: 0, read_seq: 0 },
    theirs: { delivered_seq: 0, read_seq: 0 },
    position: null,
    expected_wait_seconds: null,
    expected_wait: null,
    ...parts,
  };
}
