import { Paperclip } from 'lucide-react';
import type { Action } from '../../../state/action';
import { can } from '../../../state/workspace';
import { texts } from '../../../texts';

export const attach: Action = {
  id: 'attach',
  label: texts.actions.attach,
  group: 'conversation',
  icon: Paperclip,
  shortcut: 'A',
  isAllowed: ({ desk, item, is_mine, part }) =>
    (is_mine || part === 'conference') && item !== null && can(desk.work.store.get(), item.channel, 'files'),
  run: ({ desk }) => desk.requests.ask('attach'),
};
