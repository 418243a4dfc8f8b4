import type { Preferences } from '../state/preferences';
import type { Store } from '../state/store';

/** Another language is another start: labels are read on import, and drafts outlive a page. */
export function followLanguage(preferences: Store<Preferences>): void {
  const spoken = preferences.get().language;
  preferences.subscribe(() => {
    if (preferences.get().language !== spoken) location.reload();
  });
}
