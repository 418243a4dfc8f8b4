import { HandHelping } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';
import { takeItem } from '../take';

export const take: Action = {
  id: 'take',
  label: texts.actions.take,
  group: 'conversation',
  icon: HandHelping,
  shortcut: 'G',
  isAllowed: ({ item }) => item?.state === 'queued',
  run: ({ desk, item }) => (item ? takeItem(desk, item) : undefined),
};
