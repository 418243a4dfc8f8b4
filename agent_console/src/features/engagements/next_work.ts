import type { WorkItem } from '@engage/client/src/agent';
import type { Desk } from '../../state/desk';
import { mineByDeadline } from '../../state/workspace';

/** What to open when this piece of work has left the desk: the most pressing of the rest. */
export function nextOf(mine: readonly WorkItem[], left: WorkItem): string | null {
  const rest = mine.filter((item) => item.engagement_id !== left.engagement_id && item.state !== 'parked');
  return rest[0]?.conversation_id ?? null;
}

export function leaveFor(desk: Desk, left: WorkItem): void {
  const conversation_id = nextOf(mineByDeadline(desk.work.store.get()), left);
  desk.router.go({ page: 'work', view: 'mine', conversation_id });
}
