import { PhoneCall } from 'lucide-react';
import type { Action } from '../../../state/action';
import { hasCalls } from '../../../state/workspace';
import { texts } from '../../../texts';

export const showPlanned: Action = {
  id: 'show_planned',
  label: texts.planned.action,
  group: 'console',
  icon: PhoneCall,
  shortcut: null,
  isAllowed: ({ desk }) => hasCalls(desk.work.store.get()),
  run: ({ desk }) => desk.router.go({ page: 'callbacks' }),
};
