import { Command, Keyboard } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const commands: Action = {
  id: 'commands',
  label: texts.actions.commands,
  group: 'console',
  icon: Command,
  shortcut: 'Mod+K',
  isAllowed: () => true,
  run: ({ desk }) => desk.dialog.set('commands'),
};

export const shortcuts: Action = {
  id: 'shortcuts',
  label: texts.actions.shortcuts,
  group: 'console',
  icon: Keyboard,
  shortcut: '?',
  isAllowed: () => true,
  run: ({ desk }) => desk.dialog.set('shortcuts'),
};
