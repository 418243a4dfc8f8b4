import { Tag } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const labels: Action = {
  id: 'labels',
  label: texts.actions.labels,
  group: 'conversation',
  icon: Tag,
  shortcut: 'L',
  isAllowed: ({ conversation_id, item }) => conversation_id !== null && item !== null,
  run: ({ desk }) => desk.dialog.set('labels'),
};
