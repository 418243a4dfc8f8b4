import { MailOpen } from 'lucide-react';
import type { Action } from '../../../state/action';
import { isReopenable } from '../../../state/workspace';
import { texts } from '../../../texts';
import { reopenItem } from '../take';

export const reopen: Action = {
  id: 'reopen',
  label: texts.actions.reopen,
  group: 'conversation',
  icon: MailOpen,
  shortcut: 'Shift+O',
  isAllowed: ({ desk, item }) => item !== null && isReopenable(desk.work.store.get(), item),
  run: ({ desk, item }) => (item ? reopenItem(desk, item) : undefined),
};
