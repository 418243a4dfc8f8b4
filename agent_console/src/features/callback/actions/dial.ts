import { Phone } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const dial: Action = {
  id: 'dial',
  label: texts.call.dial_action,
  group: 'conversation',
  icon: Phone,
  shortcut: 'Shift+C',
  isAllowed: ({ is_mine, item }) => is_mine && item?.state === 'active' && item.channel === 'callback',
  run: ({ desk }) => desk.requests.ask('dial'),
};
