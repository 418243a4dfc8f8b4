import type { WorkItem } from '@engage/client/src/agent';
import type { WorkPlace } from './route';
import { byDeadline, waitsSince } from './workspace';

/** What narrows a list of work; as it stands in the address and in a saved view. */
export interface Filters {
  site_id?: string;
  queue_id?: string;
  channel?: string;
  state?: string;
  /** An agent's id, or `nobody`. */
  agent?: string;
  label_id?: string;
  waiting_minutes?: number;
  unread?: boolean;
  /** A promise to the customer is broken. */
  overdue?: boolean;
  sort?: Sort;
}

export const SORTS = ['deadline', 'newest', 'waiting'] as const;
export type Sort = (typeof SORTS)[number];

const WORDS = ['site_id', 'queue_id', 'channel', 'state', 'agent', 'label_id'] as const;

/** The order in which a list is useful unless the agent wants another. */
export const USUAL_SORT: Record<WorkPlace, Sort> = {
  mine: 'deadline',
  queue: 'waiting',
  all: 'newest',
  closed: 'newest',
};

export function parseFilters(text: string | undefined): Filters {
  const params = new URLSearchParams(text);
  const filters: Filters = {};
  for (const key of WORDS) {
    const value = params.get(key);
    if (value) filters[key] = value;
  }
  const minutes = Number(params.get('waiting_minutes'));
  if (Number.isInteger(minutes) && minutes > 0) filters.waiting_minutes = minutes;
  if (params.get('unread') === 'true') filters.unread = true;
  if (params.get('overdue') === 'true') filters.overdue = true;
  const sort = SORTS.find((one) => one === params.get('sort'));
  if (sort) filters.sort = sort;
  return filters;
}

/** For the address; nothing when nothing is narrowed. */
export function filtersText(filters: Filters): string | undefined {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) {
    if (value !== undefined && value !== false && value !== '') params.set(key, String(value));
  }
  return params.toString() || undefined;
}

export function narrows(filters: Filters): boolean {
  return filtersText({ ...filters, sort: undefined }) !== undefined;
}

/** By the server's word, or by its clock a moment before that word has come. */
export function isOverdue({ clock }: WorkItem, now: number): boolean {
  if (!clock) return false;
  return clock.broken || (clock.due_at !== null && now >= Date.parse(clock.due_at));
}

/** The same question as the server's, asked of what is on the desk already. */
export function matchesFilters(item: WorkItem, filters: Filters, now: number): boolean {
  const { site_id, queue_id, channel, state, agent, label_id, waiting_minutes, unread, overdue } = filters;
  if (site_id && item.site.id !== site_id) return false;
  if (queue_id && item.queue.id !== queue_id) return false;
  if (channel && item.channel !== channel) return false;
  if (state && state !== 'open' && item.state !== state) return false;
  const holder = item.state === 'queued' || item.state === 'offered' ? undefined : item.agent?.id;
  if (agent && (agent === 'nobody' ? holder !== undefined : holder !== agent)) return false;
  if (label_id && !item.label_ids.includes(label_id)) return false;
  if (unread && item.unread === 0) return false;
  if (overdue && !isOverdue(item, now)) return false;
  if (!waiting_minutes) return true;
  const since = waitsSince(item);
  return since !== null && now - Date.parse(since) > waiting_minutes * 60_000;
}

const FAR = Number.MAX_SAFE_INTEGER;
const waits = (item: WorkItem) => {
  const since = waitsSince(item);
  return since === null ? FAR : Date.parse(since);
};

const COMPARE: Record<Sort, (a: WorkItem, b: WorkItem) => number> = {
  deadline: byDeadline,
  newest: (a, b) => (a.engagement_id < b.engagement_id ? 1 : -1),
  waiting: (a, b) => waits(a) - waits(b) || (a.engagement_id < b.engagement_id ? -1 : 1),
};

export function inOrder(items: readonly WorkItem[], sort: Sort): WorkItem[] {
  return [...items].sort(COMPARE[sort]);
}
