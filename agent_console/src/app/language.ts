import type { Preferences } from '../state/preferences';
import type { Store } from '../state/store';

/** Another language or zone is another start: words and clocks are read on import, and drafts outlive a page. */
export function followLanguage(preferences: Store<Preferences>): void {
  const { language, time_zone } = preferences.get();
  preferences.subscribe(() => {
    const now = preferences.get();
    if (now.language !== language || now.time_zone !== time_zone) location.reload();
  });
}
