import { LogOut } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const signOut: Action = {
  id: 'sign_out',
  label: texts.actions.sign_out,
  group: 'console',
  icon: LogOut,
  shortcut: null,
  isAllowed: () => true,
  run: ({ desk }) => desk.signOut(),
};
