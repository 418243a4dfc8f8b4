import { Lock } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const note: Action = {
  id: 'note',
  label: texts.actions.note,
  group: 'conversation',
  icon: Lock,
  shortcut: 'N',
  isAllowed: ({ is_mine, item }) => is_mine || item?.state === 'active',
  run: ({ desk }) => desk.requests.ask('focus_note'),
};
