import { MessageSquareQuote } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const canned: Action = {
  id: 'canned',
  label: texts.actions.canned,
  group: 'conversation',
  icon: MessageSquareQuote,
  shortcut: 'Mod+/',
  isAllowed: ({ is_mine, part }) => is_mine || part === 'conference',
  run: ({ desk }) => desk.requests.ask('insert_canned'),
};
