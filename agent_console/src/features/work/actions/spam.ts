import { OctagonAlert } from 'lucide-react';
import type { Action } from '../../../state/action';
import { can } from '../../../state/workspace';
import { texts } from '../../../texts';

export const spam: Action = {
  id: 'spam',
  label: texts.spam.act,
  group: 'conversation',
  icon: OctagonAlert,
  shortcut: '!',
  toolbar: 'more',
  isAllowed: ({ desk, item }) =>
    item !== null && can(desk.work.store.get(), item.channel, 'mail') && desk.bulk.acts.spam(null).fits(item),
  run: ({ desk }) => desk.dialog.set('spam'),
};
