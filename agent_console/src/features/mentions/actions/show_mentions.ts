import { AtSign } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const showMentions: Action = {
  id: 'mentions',
  label: texts.actions.mentions,
  group: 'console',
  icon: AtSign,
  shortcut: null,
  isAllowed: () => true,
  run: ({ desk }) => desk.router.go({ page: 'mentions' }),
};
