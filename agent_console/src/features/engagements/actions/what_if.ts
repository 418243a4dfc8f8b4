import { Waypoints } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const whatIf: Action = {
  id: 'what_if',
  label: texts.routing.what_if.title,
  group: 'conversation',
  icon: Waypoints,
  shortcut: 'W',
  isAllowed: ({ desk, item }) => {
    const site = desk.work.store.get().me.sites.find(({ id }) => id === item?.site.id);
    return item !== null && item.state !== 'closed' && (site?.rights.includes('supervise') ?? false);
  },
  run: ({ desk }) => desk.dialog.set('what_if'),
};
