import { Search } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const search: Action = {
  id: 'search',
  label: texts.actions.search,
  group: 'work',
  icon: Search,
  shortcut: '/',
  isAllowed: () => true,
  run({ desk }) {
    if (desk.router.route.get().page !== 'work') {
      desk.router.go({ page: 'work', view: 'mine', conversation_id: null });
    }
    desk.requests.ask('focus_search');
  },
};
