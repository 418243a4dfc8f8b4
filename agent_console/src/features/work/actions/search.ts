import { Search } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const search: Action = {
  id: 'search',
  label: texts.actions.search,
  group: 'work',
  icon: Search,
  shortcut: '/',
  isAllowed: ({ desk }) => desk.router.route.get().page === 'work',
  run: ({ desk }) => desk.requests.ask('focus_search'),
};
