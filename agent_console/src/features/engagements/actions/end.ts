import { CircleCheck } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const end: Action = {
  id: 'end',
  label: texts.actions.end,
  group: 'conversation',
  icon: CircleCheck,
  shortcut: 'Shift+E',
  toolbar: 'conversation',
  isAllowed: ({ is_mine, item }) => is_mine && item?.state === 'active',
  async run({ desk, item }) {
    if (item) await desk.work.end(item);
  },
};
