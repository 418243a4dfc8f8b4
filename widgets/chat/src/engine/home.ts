import { Problem, repeating, type SiteHome } from '@engage/client';
import type { Store } from '../state/store';

/**
 * Loads the first screen, and tells whether it did. A passing failure is not shown to anybody: it is asked again. An
 * answer in a language that was left meanwhile is dropped.
 */
export function createHome(
  store: Store,
  ask: (locale: string) => Promise<SiteHome>,
  patience?: Parameters<typeof repeating>[1],
): () => Promise<boolean> {
  return async () => {
    const { locale } = store.state();
    const isWanted = () => store.state().locale === locale;
    try {
      const home = await repeating(() => ask(locale), patience);
      if (isWanted()) store.dispatch({ type: 'home_loaded', home });
      return isWanted();
    } catch (failure) {
      if (failure instanceof Problem && isWanted()) store.dispatch({ type: 'home_failed', problem: failure });
      return false;
    }
  };
}
