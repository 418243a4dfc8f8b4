/** The agent's door to the server: REST commands with the cookie, and what his socket brings. */
import type { Problem } from './problem';
import { createRest, type Rest, type UploadOptions } from './rest';
import { createLine, type Line, type LineConfig } from './socket';
import type {
  ArticleSearch,
  Attachment,
  AuthorKind,
  ChannelName,
  Cursor,
  EntriesAnswer,
  Entry,
  Page,
  TrailItem,
} from './wire';

export type EngagementState =
  'queued' | 'offered' | 'active' | 'parked' | 'wrapping_up' | 'closed' | 'abandoned';
export type PresenceName = 'available' | 'busy' | 'away' | 'break' | 'offline';
export type WorkView = 'mine' | 'queue' | 'all' | 'closed';
export type MailState = 'queued' | 'sent' | 'kept' | 'dead';

export interface SiteRef {
  id: string;
  key: string;
  name: string;
}

export interface Me {
  id: string;
  name: string;
  email: string;
  picture: string | null;
  role: 'admin' | 'supervisor' | 'agent' | 'editor';
  sites: SiteRef[];
}

export interface Presence {
  presence: PresenceName;
  reason: string | null;
  since: string;
}

/** One engagement as a row of a list. */
export interface WorkItem {
  engagement_id: string;
  conversation_id: string;
  site: SiteRef;
  channel: ChannelName;
  queue: { id: string; name: string };
  state: EngagementState;
  topic: string | null;
  visitor: { id: string; name: string | null; online: boolean };
  agent: { id: string; name: string } | null;
  opened_at: string;
  waiting_since: string | null;
  state_since: string;
  last_text: string;
  last_at: string | null;
  last_author: AuthorKind | null;
  unread: number;
  wrap_up_until: string | null;
  due_at: string | null;
}

export interface Offer {
  id: string;
  engagement: WorkItem;
  offered_at: string;
  expires_at: string;
  reason: { queue_name: string; waited_seconds: number };
}

export interface QueueView {
  id: string;
  site_id: string;
  name: string;
  waiting: number;
  longest_waiting_since: string | null;
  /** The oldest 50. */
  items: WorkItem[];
}

export interface Colleague {
  id: string;
  name: string;
  picture: string | null;
  presence: PresenceName;
}

export interface Disposition {
  id: string;
  label: string;
}

/** The snapshot at connect; events with a larger `work_seq` are folded into it. */
export interface Workspace {
  work_seq: number;
  me: Me;
  presence: Presence;
  offers: Offer[];
  mine: WorkItem[];
  queues: QueueView[];
  colleagues: Colleague[];
  dispositions: Disposition[];
  server_time: string;
}

export interface EarlierConversation {
  conversation_id: string;
  topic: string | null;
  created_at: string;
  last_text: string;
  channel: ChannelName;
  disposition: string | null;
}

export interface ConversationVisitor {
  id: string;
  name: string | null;
  email: string | null;
  online: boolean;
  time_zone: string | null;
  locale: string | null;
  user_agent: string | null;
  first_seen_at: string | null;
  contacts_before: number;
}

export interface AgentConversation {
  conversation: { id: string; site: SiteRef; topic: string | null; created_at: string; locale: string };
  engagement: WorkItem | null;
  visitor: ConversationVisitor;
  fields: { label: string; value: string }[];
  trail: TrailItem[];
  earlier: EarlierConversation[];
  /** The last 200. */
  entries: Entry[];
  more: boolean;
  head: number;
  mine: Cursor;
  theirs: Cursor;
}

export interface MailSummary {
  id: string;
  to: string;
  subject: string;
  state: MailState;
  created_at: string;
  last_error: string | null;
}

export interface Mail extends MailSummary {
  sender: string;
  text: string;
  html: string | null;
  attempts: number;
}

export interface Viewer {
  id: string;
  name: string;
  typing: boolean;
}

export interface AgentMessage {
  client_id: string;
  text: string;
  attachment_ids: string[];
  article_slug?: string;
}

export interface TransferTarget {
  to_queue_id?: string;
  to_agent_id?: string;
  note?: string;
}

/** Everything the server pushes on `/agent`. */
export interface AgentEvents {
  entry_added: { conversation_id: string; entry: Entry };
  typing: { conversation_id: string; author_kind: AuthorKind; name: string; on: boolean };
  cursor_moved: { conversation_id: string; by: AuthorKind; delivered_seq: number; read_seq: number };
  work_changed: { work_seq: number; item: WorkItem; removed: boolean };
  offer_made: { work_seq: number; offer: Offer };
  offer_ended: { work_seq: number; offer_id: string; state: string };
  presence_changed: { work_seq: number; presence: Presence };
  colleague_changed: { colleague: Colleague };
  queue_changed: { queue: QueueView };
  visitor_changed: { visitor_id: string; online: boolean; trail: TrailItem[] };
  agent_head: { work_seq: number };
  heads: { heads: Record<string, number> };
  viewers: { conversation_id: string; viewers: Viewer[] };
  going_away: { within_seconds: number };
}

/** The same, as one closed union for reducers: the event's name is its `type`. */
export type AgentEvent = { [Name in keyof AgentEvents]: { type: Name } & AgentEvents[Name] }[keyof AgentEvents];

/** Everything the agent signals up; nothing here is stored. */
export interface AgentSignals {
  watch: { conversation_id: string };
  unwatch: Record<string, never>;
  typing: { conversation_id: string; on: boolean };
  alive: Record<string, never>;
}

const EVENT_NAMES: readonly (keyof AgentEvents)[] = [
  'entry_added',
  'typing',
  'cursor_moved',
  'work_changed',
  'offer_made',
  'offer_ended',
  'presence_changed',
  'colleague_changed',
  'queue_changed',
  'visitor_changed',
  'agent_head',
  'heads',
  'viewers',
  'going_away',
];

export interface AgentRestConfig {
  /** Any request found the session gone. */
  onSignedOut: () => void;
  /** No answer came: the line is probably dead as well. */
  onUnreachable: () => void;
}

export function createAgentRest(config: AgentRestConfig): Rest {
  return createRest({
    base: '/api/v1',
    // A foreign page's form cannot set a header: it proves that our own script sent the request.
    headers: () => ({ 'X-Engage-Request': '1' }),
    onProblem: (problem: Problem) => {
      if (problem.code === 'not_signed_in') config.onSignedOut();
      else if (problem.isUnreachable) config.onUnreachable();
    },
  });
}

/** What a signed-in agent may do. */
export function agentDoor(rest: Rest) {
  const conversation = (id: string) => `/agent/conversations/${encodeURIComponent(id)}`;
  const engagement = (id: string) => `/agent/engagements/${encodeURIComponent(id)}`;
  const offer = (id: string) => `/agent/offers/${encodeURIComponent(id)}`;
  const mail = (id: string) => `/agent/mails/${encodeURIComponent(id)}`;
  return {
    signIn: (email: string, password: string) => rest.post<Me>('/agent/session', { email, password }),
    signOut: () => rest.delete('/agent/session'),
    me: () => rest.get<Me>('/agent/me'),
    socketTicket: () => rest.post<{ ticket: string }>('/agent/socket-ticket'),
    workspace: () => rest.get<Workspace>('/agent/workspace'),
    setPresence: (presence: PresenceName, reason: string | null) =>
      rest.put<Presence>('/agent/presence', reason === null ? { presence } : { presence, reason }),

    acceptOffer: (id: string) => rest.post<WorkItem>(`${offer(id)}/accept`),
    declineOffer: (id: string) => rest.post(`${offer(id)}/decline`),
    work: (view: WorkView, search: string, cursor: string | null) =>
      rest.get<Page<WorkItem>>('/agent/work', { query: { view, search: search || null, cursor } }),
    pull: (id: string) => rest.post<WorkItem>(`${engagement(id)}/pull`),
    transfer: (id: string, target: TransferTarget) => rest.post(`${engagement(id)}/transfer`, target),
    end: (id: string) => rest.post<WorkItem>(`${engagement(id)}/end`),
    wrapUp: (id: string, disposition_id: string | null, note: string) =>
      rest.post(`${engagement(id)}/wrap-up`, note ? { disposition_id, note } : { disposition_id }),
    park: (id: string, until: string | null) =>
      rest.post<WorkItem>(`${engagement(id)}/park`, until ? { until } : {}),

    conversation: (id: string) => rest.get<AgentConversation>(conversation(id)),
    entriesAfter: (id: string, after_seq: number) =>
      rest.get<EntriesAnswer>(`${conversation(id)}/entries`, { query: { after_seq, limit: 200 } }),
    entriesBefore: (id: string, before_seq: number) =>
      rest.get<EntriesAnswer>(`${conversation(id)}/entries`, { query: { before_seq, limit: 100 } }),
    send: (id: string, message: AgentMessage) => rest.post<Entry>(`${conversation(id)}/messages`, message),
    addNote: (id: string, note: { client_id: string; text: string }) =>
      rest.post<Entry>(`${conversation(id)}/notes`, note),
    moveCursor: (id: string, read_seq: number) => rest.put(`${conversation(id)}/cursor`, { read_seq }),
    upload: (site_id: string, file: File, options: UploadOptions = {}) =>
      rest.upload<Attachment>(`/agent/attachments?site_id=${encodeURIComponent(site_id)}`, file, options),
    articles: (site_id: string, query: string) =>
      rest.get<ArticleSearch>('/agent/articles', { query: { site_id, query } }),

    mails: (cursor: string | null) => rest.get<Page<MailSummary>>('/agent/mails', { query: { cursor } }),
    mail: (id: string) => rest.get<Mail>(mail(id)),
    retryMail: (id: string) => rest.post(`${mail(id)}/retry`),
  };
}
export type AgentDoor = ReturnType<typeof agentDoor>;

/** The cookie goes with it, so it may stand in `src` and `href`. */
export function agentAttachmentUrl(id: string): string {
  return `/api/v1/agent/attachments/${encodeURIComponent(id)}`;
}

export type AgentLine = Line<AgentSignals>;
export interface AgentLineConfig extends Pick<LineConfig<AgentEvents>, 'onState' | 'onSync' | 'onRefused'> {
  door: AgentDoor;
  onEvent: (event: AgentEvent) => void;
}

/** A ticket is good for one connection, so a new one is fetched for each. */
export function createAgentLine({ door, onEvent, ...config }: AgentLineConfig): AgentLine {
  const listeners = EVENT_NAMES.map((type) => [
    type,
    (payload: object) => onEvent({ ...payload, type } as AgentEvent),
  ]);
  return createLine<AgentEvents, AgentSignals>({
    host: '',
    namespace: '/agent',
    auth: () => door.socketTicket(),
    on: Object.fromEntries(listeners),
    ...config,
  });
}
