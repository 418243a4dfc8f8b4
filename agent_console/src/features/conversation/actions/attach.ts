import { Paperclip } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const attach: Action = {
  id: 'attach',
  label: texts.actions.attach,
  group: 'conversation',
  icon: Paperclip,
  shortcut: 'A',
  isAllowed: ({ is_mine, part }) => is_mine || part === 'conference',
  run: ({ desk }) => desk.requests.ask('attach'),
};
