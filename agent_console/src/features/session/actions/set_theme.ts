import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import type { Action } from '../../../state/action';
import type { Preferences } from '../../../state/preferences';
import { texts } from '../../../texts';

const set = (theme: Preferences['theme'], icon: LucideIcon): Action => ({
  id: `theme_${theme}`,
  label: texts.actions[`theme_${theme}`],
  group: 'console',
  icon,
  shortcut: null,
  isAllowed: ({ desk }) => desk.preferences.get().theme !== theme,
  run: ({ desk }) => desk.preferences.update((all) => ({ ...all, theme })),
});

export const setLight = set('light', Sun);
export const setDark = set('dark', Moon);
export const setSystemTheme = set('system', Monitor);
