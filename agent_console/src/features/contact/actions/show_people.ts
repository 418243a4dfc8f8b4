import { Users } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const showPeople: Action = {
  id: 'show_people',
  label: texts.people.show,
  group: 'console',
  icon: Users,
  shortcut: null,
  isAllowed: () => true,
  run: ({ desk }) => desk.router.go({ page: 'people', contact_id: null }),
};
