import { LayoutDashboard } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const showBoard: Action = {
  id: 'show_board',
  label: texts.board.show,
  group: 'console',
  icon: LayoutDashboard,
  shortcut: 'B',
  isAllowed: ({ desk }) => desk.work.store.get().me.sites.some(({ rights }) => rights.includes('supervise')),
  run: ({ desk }) => desk.router.go({ page: 'board', site: null }),
};
