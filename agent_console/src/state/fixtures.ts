import type { Entry } from '@engage/client';
import type { AgentConversation, Offer, WorkItem } from '@engage/client/src/agent';
import type { WorkspaceState } from './workspace';

// Whole values for tests, so that each test names only what it is about.
const NOON = '2026-01-05T12:00:00.000Z';

export function anItem(change: Partial<WorkItem> = {}): WorkItem {
  return {
    engagement_id: 'e1',
    conversation_id: 'c1',
    site: { id: 's1', key: 'demo', name: 'Demo' },
    channel: 'webchat',
    queue: { id: 'q1', name: 'Billing' },
    state: 'active',
    weight: 1,
    topic: 'Bill',
    visitor: { id: 'v1', name: 'A visitor', online: true },
    agent: { id: 'me', name: 'Me', picture: null },
    opened_at: NOON,
    waiting_since: null,
    state_since: NOON,
    last_text: '',
    last_at: NOON,
    last_author: null,
    unread: 0,
    wrap_up_until: null,
    needs_outcome: false,
    due_at: null,
    label_ids: [],
    clock: null,
    place: null,
    parties: [],
    ...change,
  };
}

export function anOffer(id: string): Offer {
  return {
    id,
    role: 'holder',
    asked_by: null,
    note: null,
    engagement: anItem({
      engagement_id: `e-${id}`,
      conversation_id: `c-${id}`,
      state: 'offered',
      agent: null,
    }),
    offered_at: NOON,
    expires_at: NOON,
    accepts_at: null,
    reason: { queue_name: 'Billing', waited_seconds: 10 },
  };
}

export function anEntry(seq: number, change: Partial<Entry> = {}): Entry {
  return {
    id: `n${seq}`,
    conversation_id: 'c1',
    seq,
    kind: 'message',
    audience: 'customer',
    created_at: NOON,
    author: { kind: 'visitor', id: 'v1', name: 'A visitor', picture: null },
    client_id: null,
    text: `text ${seq}`,
    attachments: [],
    details: { type: 'plain', html: null },
    ...change,
  };
}

export function aConversation(change: Partial<AgentConversation> = {}): AgentConversation {
  return {
    conversation: {
      id: 'c1',
      site: { id: 's1', key: 'demo', name: 'Demo' },
      topic: 'Bill',
      created_at: NOON,
      locale: 'en',
    },
    engagement: anItem(),
    label_ids: [],
    draft: null,
    visitor: {
      id: 'v1',
      name: 'A visitor',
      email: null,
      online: true,
      time_zone: null,
      locale: 'en',
      user_agent: null,
      first_seen_at: NOON,
      contact_id: null,
      contacts_before: 0,
      verified: false,
      external_id: null,
      told: {},
    },
    fields: [],
    side_panel: null,
    trail: [],
    earlier: [],
    entries: [],
    more: false,
    head: 0,
    mine: { delivered_seq: 0, read_seq: 0 },
    theirs: { delivered_seq: 0, read_seq: 0 },
    ...change,
  };
}

export function aWorkspace(change: Partial<WorkspaceState> = {}): WorkspaceState {
  return {
    work_seq: 5,
    me: { id: 'me', name: 'Me', email: 'me@example.test', picture: null, sites: [] },
    presence: { presence: 'available', reason: null, reason_id: null, since: NOON, set_by: null },
    offers: [],
    mine: [],
    queues: [],
    colleagues: [],
    capacity: 3,
    dispositions: [],
    decline_reasons: [],
    presence_reasons: [],
    labels: [],
    drafts: [],
    unread_mentions: 0,
    channels: [],
    routing: 'matched',
    last_mention: null,
    last_opened: null,
    opens_next: null,
    heard: {},
    ...change,
  };
}
