import { CirclePause } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const park: Action = {
  id: 'park',
  label: texts.actions.park,
  group: 'conversation',
  icon: CirclePause,
  shortcut: 'P',
  toolbar: 'conversation',
  isAllowed: ({ is_mine, item }) => is_mine && item?.state === 'active',
  run: ({ desk }) => desk.dialog.set('park'),
};
