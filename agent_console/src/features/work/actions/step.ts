import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const nextRow: Action = {
  id: 'next_row',
  label: texts.actions.next,
  group: 'work',
  icon: ArrowDown,
  shortcut: 'J',
  isAllowed: ({ desk }) => desk.router.route.get().page === 'work',
  run: ({ desk }) => desk.requests.ask('next_row'),
};

export const previousRow: Action = {
  id: 'previous_row',
  label: texts.actions.previous,
  group: 'work',
  icon: ArrowUp,
  shortcut: 'K',
  isAllowed: ({ desk }) => desk.router.route.get().page === 'work',
  run: ({ desk }) => desk.requests.ask('previous_row'),
};
