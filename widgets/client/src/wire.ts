/** What travels between server and front ends: JSON in snake_case, times in ISO 8601 UTC, ids as strings. */

export type Audience = 'customer' | 'agents';
export type AuthorKind = 'visitor' | 'agent' | 'system';
export type ChannelName = 'webchat' | 'email';
export type EntryKind = 'message' | 'note' | 'form' | 'state' | 'transfer' | 'article';

export interface Author {
  kind: AuthorKind;
  id: string | null;
  name: string;
  picture: string | null;
}

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  size: number;
  width: number | null;
  height: number | null;
}

export type EntryState =
  | 'queued'
  | 'joined'
  | 'left'
  | 'requeued'
  | 'silent'
  | 'parked'
  | 'ended'
  | 'reopened'
  | 'moved_to_email'
  | 'abandoned'
  | 'rated'
  | 'closed_hours'
  | 'transcript_sent'
  | 'mailed'
  | 'wrapped_up';

export interface FormField {
  key: string;
  label: string;
  value: string;
}

export interface StateDetails {
  type: 'state';
  state: EntryState;
  agent_name?: string | null;
  score?: number | null;
  comment?: string | null;
  disposition?: string | null;
  email?: string | null;
}

export interface TransferDetails {
  type: 'transfer';
  from_agent: string | null;
  to_agent: string | null;
  to_queue: string | null;
}

export type Details =
  | { type: 'plain' }
  | { type: 'form'; fields: FormField[] }
  | StateDetails
  | TransferDetails
  | { type: 'article'; slug: string; title: string };

/** One numbered row of a conversation's timeline; `seq` is dense for the audience that reads it. */
export interface Entry {
  id: string;
  conversation_id: string;
  seq: number;
  kind: EntryKind;
  audience: Audience;
  created_at: string;
  author: Author;
  client_id: string | null;
  text: string;
  attachments: Attachment[];
  details: Details;
}

export interface EntriesAnswer {
  items: Entry[];
  head: number;
  more: boolean;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** How far somebody has received and read, in the numbers of the reader of this payload. */
export interface Cursor {
  delivered_seq: number;
  read_seq: number;
}

export interface WidgetBootstrap {
  site_key: string;
  name: string;
  locale: string;
  accent: string;
  position: 'right' | 'left';
  launcher_text: string;
  greeting: string;
  frame_url: string;
}

export interface Way {
  channel: ChannelName;
  label: string;
  open: boolean;
  expected_wait_seconds: number | null;
  answered_by: string | null;
}

export interface Choice {
  key: string;
  label: string;
}

export interface HomeField {
  key: string;
  label: string;
  kind: 'text' | 'email' | 'choice';
  required: boolean;
  choices: string[];
}

export interface ArticleLink {
  slug: string;
  title: string;
  category: string | null;
}

export interface UploadPolicy {
  max_bytes: number;
  types: string[];
  max_files: number;
}

export interface SiteHome {
  name: string;
  locale: string;
  greeting: string;
  accent: string;
  open: boolean;
  opens_at: string | null;
  time_zone: string;
  ways: Way[];
  topics: Choice[];
  fields: HomeField[];
  popular: ArticleLink[];
  upload: UploadPolicy;
  privacy_url: string | null;
}

export interface SnippetPart {
  text: string;
  match: boolean;
}

export interface ArticleHit extends ArticleLink {
  snippet: SnippetPart[];
}

export interface ArticleSearch {
  query: string;
  corrected: string | null;
  items: ArticleHit[];
}

export interface Article extends ArticleLink {
  /** Sanitised by the server; links to other answers carry `data-article`. */
  html: string;
  updated_at: string;
  url: string;
}

export interface TrailItem {
  kind: 'page' | 'search' | 'article';
  title?: string;
  url?: string;
  query?: string;
  slug?: string;
  at: string;
}
