import { CirclePlay } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';
import { takeItem } from '../take';

/** Ends the snooze before its time. */
export const unpark: Action = {
  id: 'unpark',
  label: texts.actions.unpark,
  group: 'conversation',
  icon: CirclePlay,
  shortcut: 'U',
  toolbar: 'conversation',
  isAllowed: ({ is_mine, item }) => is_mine && item?.state === 'parked',
  run: ({ desk, item }) => (item ? takeItem(desk, item) : undefined),
};
