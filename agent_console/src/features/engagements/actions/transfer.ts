import { ArrowRightLeft } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const transfer: Action = {
  id: 'transfer',
  label: texts.actions.transfer,
  group: 'conversation',
  icon: ArrowRightLeft,
  shortcut: 'T',
  toolbar: 'conversation',
  isAllowed: ({ is_mine, item }) => is_mine && item?.state === 'active',
  run: ({ desk }) => desk.dialog.set('transfer'),
};
