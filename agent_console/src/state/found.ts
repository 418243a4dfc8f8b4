import type { WorkItem } from '@engage/client/src/agent';
import { inOrder, matchesFilters, type Filters, type Sort } from './filters';

/**
 * What the server found, as it is by now: rows of mine and of my queues are pushed, so they are changed where they
 * stand, new ones take their place, and the pages that are loaded stay.
 */
export function withLive(
  found: readonly WorkItem[],
  live: readonly WorkItem[],
  asked: Filters & { sort: Sort },
  now: number,
): WorkItem[] {
  const fresh = new Map(live.map((item) => [item.engagement_id, item]));
  const others = found.filter((item) => !fresh.has(item.engagement_id));
  const fitting = [...fresh.values()].filter((item) => matchesFilters(item, asked, now));
  return inOrder([...others, ...fitting], asked.sort);
}
