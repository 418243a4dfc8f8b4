import { ListStart } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import type { Action } from '../../../state/action';
import type { Desk } from '../../../state/desk';
import { waitingItems } from '../../../state/workspace';
import { texts } from '../../../texts';
import { takeItem } from '../take';

/** The longest waiting that is not just ringing at somebody's desk. */
function nextWaiting(desk: Desk): WorkItem | null {
  return waitingItems(desk.work.store.get()).find((item) => item.state === 'queued') ?? null;
}

export const takeNext: Action = {
  id: 'take_next',
  label: texts.actions.take_next,
  group: 'work',
  icon: ListStart,
  shortcut: 'Q',
  isAllowed: ({ desk }) => nextWaiting(desk) !== null,
  run({ desk }) {
    const next = nextWaiting(desk);
    return next ? takeItem(desk, next) : undefined;
  },
};
