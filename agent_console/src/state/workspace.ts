import type { Entry } from '@engage/client';
import type {
  AgentEvent,
  Colleague,
  DeclineReason,
  Disposition,
  Label,
  Me,
  MentionItem,
  Offer,
  PartyRole,
  Presence,
  PresenceReason,
  PromiseClock,
  QueueView,
  WorkItem,
  Workspace,
} from '@engage/client/src/agent';

/** What the agent holds, is offered and may see waiting: the snapshot with the events folded in. */
export interface WorkspaceState {
  work_seq: number;
  me: Me;
  presence: Presence;
  offers: readonly Offer[];
  mine: readonly WorkItem[];
  queues: readonly QueueView[];
  colleagues: readonly Colleague[];
  capacity: number;
  dispositions: readonly Disposition[];
  decline_reasons: readonly DeclineReason[];
  presence_reasons: readonly PresenceReason[];
  labels: readonly Label[];
  /** Conversations in which the server keeps a draft of mine. */
  drafts: readonly string[];
  unread_mentions: number;
  channels: Workspace['channels'];
  /** Pulled: nobody matches, so work comes more slowly. */
  routing: Workspace['routing'];
  /** The last one that was pushed, for a notification. */
  last_mention: MentionItem | null;
  /** What last came to this desk by itself. */
  last_opened: WorkItem | null;
  /** The engagement that comes to it by itself next: named already, and not in his hands yet. */
  opens_next: string | null;
  /** The last entry of each conversation that was counted, so that none counts twice. */
  heard: Readonly<Record<string, number>>;
}

export function fromSnapshot(snapshot: Workspace, heard: WorkspaceState['heard'] = {}): WorkspaceState {
  const { server_time: _time, ...state } = snapshot;
  return { ...state, heard, last_mention: null, last_opened: null, opens_next: null };
}

type Ability = Workspace['channels'][number]['composer'][number];

/** Whether agents can do this with work of the channel; one that is not loaded any more says nothing. */
export function can({ channels }: WorkspaceState, channel: string, what: Ability): boolean {
  return channels.some(({ name, composer }) => name === channel && composer.includes(what));
}

/** Closed, and an answer would reach the customer all the same. */
export function isReopenable(state: WorkspaceState, item: WorkItem): boolean {
  return (item.state === 'closed' || item.state === 'abandoned') && can(state, item.channel, 'mail');
}

/** Chat's: of a channel that is not loaded any more nothing is known. */
const USUAL_PATIENCE_MS = 180_000;

/** How long customers of the channel bear to wait where nothing is promised to them. */
export function patienceMs({ channels }: WorkspaceState, channel: string): number {
  const found = channels.find(({ name }) => name === channel);
  return found ? found.patience_seconds * 1000 : USUAL_PATIENCE_MS;
}

/** Whether a customer of one of his sites may ask for a call. */
export function hasCalls({ channels }: WorkspaceState): boolean {
  return channels.some(({ on, composer }) => on && composer.includes('call'));
}

export type Folded = { state: WorkspaceState; gap: boolean };

function replaced<T>(list: readonly T[], isIt: (one: T) => boolean, by: T): readonly T[] {
  const at = list.findIndex(isIt);
  return at < 0 ? [...list, by] : list.with(at, by);
}

export function holds(item: WorkItem, agentId: string): boolean {
  if (item.agent?.id !== agentId) return false;
  return item.state === 'active' || item.state === 'parked' || item.state === 'wrapping_up';
}

/** What the agent is in this work beside its holder; null also while it only rings at his desk. */
export function partOf(item: WorkItem, agentId: string): PartyRole | null {
  const party = item.parties.find((one) => one.agent.id === agentId && one.joined_at !== null);
  return item.state === 'active' ? (party?.role ?? null) : null;
}

export function withItem(state: WorkspaceState, item: WorkItem, removed = false): WorkspaceState {
  const isIt = (one: WorkItem) => one.engagement_id === item.engagement_id;
  const keep = !removed && (holds(item, state.me.id) || partOf(item, state.me.id) !== null);
  const mine = keep ? replaced(state.mine, isIt, item) : state.mine.filter((one) => !isIt(one));
  return { ...state, mine };
}

export function withoutOffer(state: WorkspaceState, offerId: string): WorkspaceState {
  return { ...state, offers: state.offers.filter((offer) => offer.id !== offerId) };
}

/** It may never have rung: then it is named here before it is in his hands. */
function withOpened(state: WorkspaceState, engagementId: string): WorkspaceState {
  const isIt = (item: WorkItem) => item.engagement_id === engagementId;
  const rang = state.offers.find(({ engagement }) => isIt(engagement))?.engagement;
  const opened = rang ?? state.mine.find(isIt);
  return opened ? { ...state, last_opened: opened, opens_next: null } : { ...state, opens_next: engagementId };
}

function withItemOpened(state: WorkspaceState, item: WorkItem): WorkspaceState {
  return state.opens_next === item.engagement_id ? withOpened(state, item.engagement_id) : state;
}

function numbered(state: WorkspaceState, event: AgentEvent): WorkspaceState {
  switch (event.type) {
    case 'work_changed':
      return withItemOpened(withItem(state, event.item, event.removed), event.item);
    case 'offer_made':
      return {
        ...state,
        offers: replaced(state.offers, (offer) => offer.id === event.offer.id, event.offer),
      };
    case 'offer_ended':
      return withoutOffer(event.by_itself ? withOpened(state, event.engagement_id) : state, event.offer_id);
    case 'presence_changed':
      return { ...state, presence: event.presence };
    default:
      return state;
  }
}

/**
 * Folds one pushed event. One transaction may push several events under one number, so the
 * present number is applied again; a smaller one is old news; a jump is a gap and asks for
 * a new snapshot.
 */
export function foldWorkspace(state: WorkspaceState, event: AgentEvent): Folded {
  switch (event.type) {
    case 'work_changed':
    case 'offer_made':
    case 'offer_ended':
    case 'presence_changed': {
      if (event.work_seq < state.work_seq) return { state, gap: false };
      if (event.work_seq > state.work_seq + 1) return { state, gap: true };
      return { state: { ...numbered(state, event), work_seq: event.work_seq }, gap: false };
    }
    case 'callback_changed':
      return { state, gap: false };
    case 'agent_head':
      return { state, gap: event.work_seq > state.work_seq };
    case 'colleague_changed': {
      const { colleague } = event;
      const colleagues = replaced(state.colleagues, (one) => one.id === colleague.id, colleague);
      return { state: { ...state, colleagues }, gap: false };
    }
    case 'queue_changed': {
      const { queue } = event;
      const queues = replaced(state.queues, (one) => one.id === queue.id, queue);
      return { state: { ...state, queues }, gap: false };
    }
    case 'visitor_changed':
      return { state: withVisitorOnline(state, event.visitor_id, event.online), gap: false };
    case 'entry_added':
      return { state: withEntry(state, event.entry), gap: false };
    case 'cursor_moved': {
      const isAllRead = event.by === 'agent' && event.read_seq >= (state.heard[event.conversation_id] ?? 0);
      return { state: isAllRead ? withRead(state, event.conversation_id) : state, gap: false };
    }
    case 'heads':
      return { state, gap: isBehind(state, event.heads) };
    case 'labels_changed':
      return { state: withLabels(state, event.conversation_id, event.label_ids), gap: false };
    case 'clock_changed':
      return { state: withClock(state, event.engagement_id, event.clock), gap: false };
    case 'site_labels_changed': {
      const others = state.labels.filter((label) => label.site_id !== event.site_id);
      return { state: { ...state, labels: [...others, ...event.labels] }, gap: false };
    }
    case 'routing_turned':
      return { state: { ...state, routing: event.routing }, gap: false };
    case 'choices_changed':
      return { state, gap: true };
    case 'draft_changed':
      return { state: withDraft(state, event.conversation_id, !isBlank(event.draft)), gap: false };
    case 'mentioned': {
      const { unread: unread_mentions, mention: last_mention } = event;
      return { state: { ...state, unread_mentions, last_mention }, gap: false };
    }
    case 'mentions_read':
      return { state: { ...state, unread_mentions: event.unread }, gap: false };
    case 'mail_changed':
    case 'board_changed':
    case 'board_stale':
    case 'board_head':
    case 'typing':
    case 'viewers':
    case 'conversation_merged':
    case 'conversation_renumbered':
    case 'going_away':
      return { state, gap: false };
  }
}

/** Whether the beacon tells of entries, in what the agent holds, that no push has told of. */
export function isBehind(state: WorkspaceState, heads: Readonly<Record<string, number>>): boolean {
  return state.mine.some(({ conversation_id: id }) => (heads[id] ?? 0) > (state.heard[id] ?? 0));
}

const isBlank = (draft: { reply: string; note: string }) => draft.reply === '' && draft.note === '';

export function withDraft(state: WorkspaceState, conversationId: string, has: boolean): WorkspaceState {
  if (state.drafts.includes(conversationId) === has) return state;
  const others = state.drafts.filter((id) => id !== conversationId);
  return { ...state, drafts: has ? [...others, conversationId] : others };
}

export function withLabels(state: WorkspaceState, conversationId: string, ids: string[]): WorkspaceState {
  const touch = (item: WorkItem): WorkItem =>
    item.conversation_id === conversationId ? { ...item, label_ids: ids } : item;
  return {
    ...state,
    mine: state.mine.map(touch),
    queues: state.queues.map((queue) => ({ ...queue, items: queue.items.map(touch) })),
  };
}

export function withClock(
  state: WorkspaceState,
  engagementId: string,
  clock: PromiseClock | null,
): WorkspaceState {
  const touch = (item: WorkItem): WorkItem =>
    item.engagement_id === engagementId ? { ...item, clock } : item;
  return {
    ...state,
    mine: state.mine.map(touch),
    queues: state.queues.map((queue) => ({ ...queue, items: queue.items.map(touch) })),
  };
}

/** Of two lists of numbers the higher ones. */
export function highest(a: WorkspaceState['heard'], b: WorkspaceState['heard']): WorkspaceState['heard'] {
  const higher = Object.entries(b).filter(([id, seq]) => seq > (a[id] ?? 0));
  return higher.length === 0 ? a : { ...a, ...Object.fromEntries(higher) };
}

/** What was said last stands in the row; it counts as unread until the agent has seen it. */
function withEntry(state: WorkspaceState, entry: Entry): WorkspaceState {
  const { conversation_id, seq } = entry;
  if (seq <= (state.heard[conversation_id] ?? 0)) return state;
  const heard = { ...state.heard, [conversation_id]: seq };
  const isSaid = entry.kind === 'message' || entry.kind === 'form' || entry.kind === 'article';
  if (!isSaid) return { ...state, heard };
  const isUnread = entry.author.kind === 'visitor' && entry.kind === 'message';
  const mine = state.mine.map((item) =>
    item.conversation_id === conversation_id
      ? {
          ...item,
          last_text: entry.text || entry.attachments[0]?.name || item.last_text,
          last_at: entry.created_at,
          last_author: entry.author.kind,
          unread: item.unread + Number(isUnread),
        }
      : item,
  );
  return { ...state, heard, mine };
}

export function withRead(state: WorkspaceState, conversationId: string): WorkspaceState {
  const isUnread = (item: WorkItem) => item.conversation_id === conversationId && item.unread > 0;
  if (!state.mine.some(isUnread)) return state;
  return { ...state, mine: state.mine.map((item) => (isUnread(item) ? { ...item, unread: 0 } : item)) };
}

function withVisitorOnline(state: WorkspaceState, visitorId: string, online: boolean): WorkspaceState {
  const touch = (item: WorkItem): WorkItem =>
    item.visitor.id === visitorId && item.visitor.online !== online
      ? { ...item, visitor: { ...item.visitor, online } }
      : item;
  return {
    ...state,
    mine: state.mine.map(touch),
    queues: state.queues.map((queue) => ({ ...queue, items: queue.items.map(touch) })),
  };
}

const FAR = Number.MAX_SAFE_INTEGER;
const at = (time: string | null) => (time === null ? FAR : Date.parse(time));

/** The next thing that must happen to it: its promise, or the end of the wrap-up time. */
export function deadlineOf(item: WorkItem): string | null {
  if (item.state === 'wrapping_up') return item.wrap_up_until;
  // What is parked comes back at that time; nobody is late with it.
  return item.state === 'parked' ? null : (item.clock?.due_at ?? item.due_at);
}

/** Since when somebody waits for a person here: in the queue, or for an answer. */
export function waitsSince(item: WorkItem): string | null {
  if (item.waiting_since !== null) return item.waiting_since;
  return item.state === 'active' && item.last_author === 'visitor' ? item.last_at : null;
}

/** Mine: parked work last, then the nearest deadline, then who waits longest, then the oldest. */
export function byDeadline(a: WorkItem, b: WorkItem): number {
  return (
    Number(a.state === 'parked') - Number(b.state === 'parked') ||
    at(deadlineOf(a)) - at(deadlineOf(b)) ||
    at(waitsSince(a)) - at(waitsSince(b)) ||
    at(a.opened_at) - at(b.opened_at)
  );
}

export function mineByDeadline(state: WorkspaceState): WorkItem[] {
  return [...state.mine].sort(byDeadline);
}

export function waitingItems(state: WorkspaceState): WorkItem[] {
  return state.queues
    .flatMap((queue) => queue.items)
    .sort((a, b) => at(a.waiting_since ?? a.opened_at) - at(b.waiting_since ?? b.opened_at));
}

export function waitingCount(state: WorkspaceState): number {
  return state.queues.reduce((sum, queue) => sum + queue.waiting, 0);
}

export function findItem(state: WorkspaceState, conversationId: string): WorkItem | null {
  const isIt = (item: WorkItem) => item.conversation_id === conversationId;
  const held = state.mine.find(isIt);
  if (held) return held;
  for (const queue of state.queues) {
    const waiting = queue.items.find(isIt);
    if (waiting) return waiting;
  }
  return null;
}
