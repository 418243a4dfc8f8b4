import { ListFilter } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const filter: Action = {
  id: 'filter',
  label: texts.lists.filter_list,
  group: 'work',
  icon: ListFilter,
  shortcut: 'F',
  isAllowed: ({ desk }) => desk.router.route.get().page === 'work',
  run: ({ desk }) => desk.requests.ask('open_filters'),
};
