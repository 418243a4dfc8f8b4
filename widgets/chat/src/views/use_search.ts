import type { ArticleSearch } from '@engage/client';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../ui/context';

const PAUSE_MS = 120;

export interface SearchState {
  status: 'idle' | 'searching' | 'failed';
  /** The last answer stays until the next one is there, so that the list does not flicker. */
  found: ArticleSearch | null;
}

export function useSearch(words: string, { limit, least }: { limit: number; least: number }): SearchState {
  const { engine } = useApp();
  const [state, setState] = useState<SearchState>({ status: 'idle', found: null });
  const query = words.trim();

  useEffect(() => {
    if (query.length < least) return setState({ status: 'idle', found: null });
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      engine.site.search(query, limit, cancel.signal).then(
        (found) => !cancel.signal.aborted && setState({ status: 'idle', found }),
        () => !cancel.signal.aborted && setState({ status: 'failed', found: null }),
      );
    }, PAUSE_MS);
    setState(({ found }) => ({ status: 'searching', found }));
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [query, limit, least, engine]);

  return state;
}
