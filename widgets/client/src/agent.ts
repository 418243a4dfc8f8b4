/** The agent's door to the server: REST commands with the cookie, and what his socket brings. */
import type { Problem } from './problem';
import { createRest, type Rest, type UploadOptions } from './rest';
import type { components } from './schema';
import { createLine, type Line, type LineConfig } from './socket';
import type { ArticleSearch, Attachment, EntriesAnswer, Entry, Page } from './wire';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type MySite = Schemas['MySite'];
export type Right = MySite['rights'][number];
export type Presence = Schemas['Presence'];
export type PresenceName = Presence['presence'];
export type PresenceReason = Schemas['PresenceReasonView'];
export type DeclineReason = Schemas['DeclineReasonView'];
export type Colleague = Schemas['Colleague'];

/** A call-back as the agent who is to call sees it. */
export type AgentCallback = Schemas['AgentCallback'];
export type CallOutcome = Schemas['RecordOutcome']['outcome'];

/** One engagement as a row of a list. */
export type WorkItem = Schemas['WorkItem'];
export type EngagementState = WorkItem['state'];
export type Offer = Schemas['OfferView'];
export type QueueView = Schemas['QueueView'];
export type Disposition = Schemas['DispositionView'];
/** The snapshot at connect; events with a larger `work_seq` are folded into it. */
export type Workspace = Schemas['Workspace'];
export type WorkView = 'mine' | 'queue' | 'all' | 'closed';

export type AgentConversation = Schemas['AgentConversation'];
export type TrailStep = Schemas['TrailItem-Output'];
export type Viewer = Schemas['Viewer'];
export type AgentMessage = Schemas['AgentMessage'];
export type AgentNote = Schemas['SendNote'];
export type TransferTarget = Schemas['Transfer'];
/** To be filled in with where it goes. */
export const NO_TARGET: TransferTarget = {
  to_queue_id: null,
  to_agent_id: null,
  to_skill_id: null,
  to_centre_id: null,
  note: null,
  return_to_me: false,
};
export type PartyView = Schemas['PartyView'];
export type PartyRole = PartyView['role'];
export type Targets = Schemas['Targets'];
export type ServerDraft = Schemas['DraftView'];
export type CannedReply = Schemas['CannedReplyView'];
export type Label = Schemas['LabelView'];
export type LabelColour = Label['colour'];
export type MentionItem = Schemas['MentionView'];

export type Board = Schemas['Board'];
export type BoardAgent = Schemas['BoardAgent'];
export type BoardCentre = Schemas['BoardCentre'];
export type BoardQueue = Schemas['BoardQueue'];
export type BoardWork = Schemas['BoardWork'];

export type MailSummary = Schemas['MailRow'];
export type WaitPlace = Schemas['WaitPlace'];
export type PromiseClock = Schemas['PromiseClock'];
export type PromiseView = Schemas['PromiseView'];
export type MailState = MailSummary['state'];
export type Mail = Schemas['MailView'];

/** An event is named by its socket message; its `type` repeats the name. */
type Pushed<Name extends keyof Schemas> = Omit<Schemas[Name], 'type'>;

/** Everything the server pushes on `/agent`. */
export interface AgentEvents {
  entry_added: Pushed<'EntryAddedForAgents'>;
  typing: Pushed<'TypingForAgents'>;
  cursor_moved: Pushed<'CursorMovedForAgents'>;
  work_changed: Pushed<'WorkChanged'>;
  offer_made: Pushed<'OfferMadeToAgent'>;
  offer_ended: Pushed<'OfferEndedForAgent'>;
  presence_changed: Pushed<'PresenceChangedForAgent'>;
  colleague_changed: Pushed<'ColleagueChanged'>;
  queue_changed: Pushed<'QueueChanged'>;
  callback_changed: Pushed<'CallbackChangedForAgents'>;
  visitor_changed: Pushed<'VisitorChanged'>;
  viewers: Pushed<'ViewersChanged'>;
  labels_changed: Pushed<'LabelsChanged'>;
  clock_changed: Pushed<'ClockChanged'>;
  site_labels_changed: Pushed<'SiteLabelsChanged'>;
  /** Outcomes and reasons of a site: the snapshot has them. */
  choices_changed: Pushed<'ChoicesChanged'>;
  /** Work is given out in another way than before. */
  routing_turned: Pushed<'RoutingTurnedForAgents'>;
  draft_changed: Pushed<'DraftChanged'>;
  /** Where a mail of a conversation stands: queued, sent, withdrawn, bounced. */
  mail_changed: Pushed<'MailChanged'>;
  mentioned: Pushed<'Mentioned'>;
  mentions_read: Pushed<'MentionsRead'>;
  /** All of one conversation stands in another from now on. */
  conversation_merged: Pushed<'MergedForAgents'>;
  conversation_renumbered: Pushed<'RenumberedForAgents'>;
  board_changed: Pushed<'BoardChanged'>;
  board_stale: Pushed<'BoardStale'>;
  board_head: Pushed<'BoardHead'>;
  agent_head: Pushed<'AgentHead'>;
  /** Highest numbers of the conversations on his desk. */
  heads: Pushed<'HeadsForAgent'>;
  /** Sent by the transport itself, before the server shuts down. */
  going_away: { within_seconds: number };
}

/** The same, as one closed union for reducers: the event's name is its `type`. */
export type AgentEvent = {
  [Name in keyof AgentEvents]: { type: Name } & AgentEvents[Name];
}[keyof AgentEvents];

/** Everything the agent signals up; nothing here is stored. */
export interface AgentSignals {
  watch: { conversation_id: string };
  unwatch: Record<string, never>;
  watch_board: { site_id: string };
  unwatch_board: Record<string, never>;
  typing: { conversation_id: string; on: boolean; note: boolean };
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
  'labels_changed',
  'clock_changed',
  'site_labels_changed',
  'choices_changed',
  'routing_turned',
  'draft_changed',
  'mail_changed',
  'mentioned',
  'mentions_read',
  'conversation_merged',
  'conversation_renumbered',
  'board_changed',
  'board_stale',
  'board_head',
  'agent_head',
  'viewers',
  'heads',
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
    setPresence: (presence: PresenceName, reason: string | null, reason_id: string | null = null) =>
      rest.put<Presence>('/agent/presence', { presence, reason, reason_id }),

    acceptOffer: (id: string) => rest.post<WorkItem>(`${offer(id)}/accept`),
    declineOffer: (id: string, reason_id: string | null = null) =>
      rest.post(`${offer(id)}/decline`, { reason_id }),
    work: (view: WorkView, search: string, cursor: string | null) =>
      rest.get<Page<WorkItem>>('/agent/work', { query: { view, search, cursor } }),
    pull: (id: string) => rest.post<WorkItem>(`${engagement(id)}/pull`),
    reopen: (id: string) => rest.post<WorkItem>(`${conversation(id)}/reopen`),
    pullNext: () => rest.post<WorkItem>('/agent/work/next'),
    transfer: (id: string, target: TransferTarget) => rest.post(`${engagement(id)}/transfer`, target),
    end: (id: string) => rest.post<WorkItem>(`${engagement(id)}/end`),
    wrapUp: (id: string, disposition_id: string | null, note: string) =>
      rest.post(`${engagement(id)}/wrap-up`, { disposition_id, note: note || null }),
    park: (id: string, until: string | null) => rest.post<WorkItem>(`${engagement(id)}/park`, { until }),

    conversation: (id: string) => rest.get<AgentConversation>(conversation(id)),
    entriesAfter: (id: string, after_seq: number) =>
      rest.get<EntriesAnswer>(`${conversation(id)}/entries`, { query: { after_seq, limit: 200 } }),
    entriesBefore: (id: string, before_seq: number) =>
      rest.get<EntriesAnswer>(`${conversation(id)}/entries`, { query: { before_seq, limit: 100 } }),
    send: (id: string, message: AgentMessage) => rest.post<Entry>(`${conversation(id)}/messages`, message),
    addNote: (id: string, note: AgentNote) => rest.post<Entry>(`${conversation(id)}/notes`, note),
    moveCursor: (id: string, read_seq: number) => rest.put(`${conversation(id)}/cursor`, { read_seq }),
    tellDelivered: (id: string, delivered_seq: number) =>
      rest.put(`${conversation(id)}/cursor`, { read_seq: 0, delivered_seq }),
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
export interface AgentLineConfig extends Pick<LineConfig<AgentEvents>, 'onState' | 'onSync'> {
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
