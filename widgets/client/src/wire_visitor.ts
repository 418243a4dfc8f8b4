import type { Cursor, ChannelName, Entry, TrailItem } from './wire';

export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
}

export interface VisitorSession {
  token: string;
  visitor: Visitor;
}

/** What the visitor is told: offered work is still `queued` to him, wrapping up is `closed`. */
export type ConversationState = 'queued' | 'active' | 'parked' | 'closed' | 'abandoned';

export interface ConversationAgent {
  id: string;
  name: string;
  picture: string | null;
}

export interface ConversationSummary {
  id: string;
  topic: string;
  state: ConversationState;
  channel: ChannelName;
  created_at: string;
  updated_at: string;
  head: number;
  unread: number;
  last_text: string;
  agent: ConversationAgent | null;
  rating: number | null;
}

export interface ConversationView extends ConversationSummary {
  entries: Entry[];
  more: boolean;
  mine: Cursor;
  theirs: Cursor;
  position: number | null;
  expected_wait_seconds: number | null;
}

export interface VisitorMe {
  visitor: Visitor;
  conversations: ConversationSummary[];
}

export interface NewConversation {
  client_id: string;
  topic: string;
  fields: Record<string, string>;
  text: string;
  attachment_ids: string[];
  trail: TrailItem[];
  locale: string;
}

export interface NewMessage {
  client_id: string;
  text: string;
  attachment_ids: string[];
}

/** Everything the server pushes on `/visitor`. */
export interface VisitorEvents {
  entry_added: { conversation_id: string; entry: Entry };
  typing: { conversation_id: string; author_kind: 'agent' | 'visitor'; name: string; on: boolean };
  cursor_moved: { conversation_id: string; by: 'visitor' | 'agent'; delivered_seq: number; read_seq: number };
  conversation_changed: {
    conversation: ConversationSummary;
    position: number | null;
    expected_wait_seconds: number | null;
  };
  heads: { heads: Record<string, number> };
  going_away: { within_seconds: number };
}

/** Everything the visitor signals up; nothing here is stored. */
export interface VisitorSignals {
  typing: { conversation_id: string; on: boolean };
  alive: Record<string, never>;
}
