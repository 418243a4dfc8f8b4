import type { Preferences } from '../state/preferences';
import type { Store } from '../state/store';

/** The root says light or dark only when the agent chose; otherwise the system decides in CSS. */
export function followTheme(preferences: Store<Preferences>): void {
  const apply = () => {
    const { theme } = preferences.get();
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply();
  preferences.subscribe(apply);
}
