import { Mails } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const showMails: Action = {
  id: 'show_mails',
  label: texts.actions.mails,
  group: 'console',
  icon: Mails,
  shortcut: 'M',
  isAllowed: () => true,
  run: ({ desk }) => desk.router.go({ page: 'mails', mail_id: null }),
};
