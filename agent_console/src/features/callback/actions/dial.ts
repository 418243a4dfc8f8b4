import { Phone } from 'lucide-react';
import type { Action } from '../../../state/action';
import { can } from '../../../state/workspace';
import { texts } from '../../../texts';

export const dial: Action = {
  id: 'dial',
  label: texts.call.dial_action,
  group: 'conversation',
  icon: Phone,
  shortcut: 'Shift+C',
  isAllowed: ({ desk, is_mine, item }) =>
    is_mine && item?.state === 'active' && can(desk.work.store.get(), item.channel, 'call'),
  run: ({ desk }) => desk.requests.ask('dial'),
};
