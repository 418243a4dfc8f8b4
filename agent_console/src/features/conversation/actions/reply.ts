import { Reply } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const reply: Action = {
  id: 'reply',
  label: texts.actions.reply,
  group: 'conversation',
  icon: Reply,
  shortcut: 'R',
  isAllowed: ({ is_mine, part }) => is_mine || part === 'conference',
  run: ({ desk }) => desk.requests.ask('focus_reply'),
};
