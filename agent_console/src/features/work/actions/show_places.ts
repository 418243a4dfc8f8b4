import { Archive, Inbox, Layers, ListOrdered, type LucideIcon } from 'lucide-react';
import type { Action } from '../../../state/action';
import type { WorkPlace } from '../../../state/route';
import { texts } from '../../../texts';

const show = (view: WorkPlace, shortcut: string, icon: LucideIcon): Action => ({
  id: `show_${view}`,
  label: view === 'all' ? texts.lists.show_all : texts.actions[view],
  group: 'work',
  icon,
  shortcut,
  isAllowed: () => true,
  run: ({ desk, conversation_id }) => desk.router.go({ page: 'work', view, conversation_id }),
});

export const showMine = show('mine', '1', Inbox);
export const showQueue = show('queue', '2', ListOrdered);
export const showClosed = show('closed', '3', Archive);
export const showAll = show('all', '4', Layers);
