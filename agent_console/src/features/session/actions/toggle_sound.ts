import { Volume2 } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const toggleSound: Action = {
  id: 'toggle_sound',
  label: texts.actions.sound,
  group: 'console',
  icon: Volume2,
  shortcut: null,
  isAllowed: () => true,
  run: ({ desk }) => desk.preferences.update((all) => ({ ...all, sound: !all.sound })),
};
