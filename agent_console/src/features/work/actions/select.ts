import { ListChecks, ListEnd, ListStart, SquareCheck, type LucideIcon } from 'lucide-react';
import type { Action } from '../../../state/action';
import type { Request } from '../../../state/requests';
import { texts } from '../../../texts';

function selecting(id: Request, label: string, icon: LucideIcon, shortcut: string): Action {
  return {
    id,
    label,
    group: 'work',
    icon,
    shortcut,
    isAllowed: ({ desk }) => desk.router.route.get().page === 'work',
    run: ({ desk }) => desk.requests.ask(id),
  };
}

const words = texts.bulk.actions;
export const selectRow = selecting('select_row', words.row, SquareCheck, 'X');
export const selectDown = selecting('select_down', words.down, ListEnd, 'Shift+J');
export const selectUp = selecting('select_up', words.up, ListStart, 'Shift+K');
export const selectAll = selecting('select_all', words.all, ListChecks, 'Shift+X');
