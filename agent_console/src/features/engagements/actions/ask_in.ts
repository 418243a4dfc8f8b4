import { MessageCircleQuestion, UserPlus } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const consult: Action = {
  id: 'consult',
  label: texts.parties.consult,
  group: 'conversation',
  icon: MessageCircleQuestion,
  shortcut: 'H',
  toolbar: 'more',
  isAllowed: ({ is_mine, item }) =>
    is_mine && item?.state === 'active' && !item.parties.some((one) => one.role === 'consult'),
  run: ({ desk }) => desk.dialog.set('consult'),
};

export const conference: Action = {
  id: 'conference',
  label: texts.parties.conference,
  group: 'conversation',
  icon: UserPlus,
  shortcut: 'O',
  toolbar: 'more',
  isAllowed: ({ is_mine, part, item }) => (is_mine || part === 'conference') && item?.state === 'active',
  run: ({ desk }) => desk.dialog.set('conference'),
};
