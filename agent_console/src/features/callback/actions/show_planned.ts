import { PhoneCall } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const showPlanned: Action = {
  id: 'show_planned',
  label: texts.planned.action,
  group: 'console',
  icon: PhoneCall,
  shortcut: null,
  isAllowed: () => true,
  run: ({ desk }) => desk.router.go({ page: 'callbacks' }),
};
