import { useQuery } from '@tanstack/react-query';
import type { Answer } from '@engage/client';
import { useDesk } from './desk_context';
import { parseFilters, USUAL_SORT, type Filters } from './filters';

export type SavedView = Answer<'/api/v1/agent/views', 'get'>['items'][number];

export const VIEWS_KEY = ['views'];

export function useSavedViews() {
  const { api } = useDesk();
  return useQuery({ queryKey: VIEWS_KEY, queryFn: () => api.get('/api/v1/agent/views'), staleTime: 15_000 });
}

/** The view's query as the address would have it: the usual order of a list is not said. */
export function viewFilters(view: SavedView): Filters {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view.query)) {
    if (value !== null && value !== false) params.set(key, String(value));
  }
  const filters = parseFilters(params.toString());
  return filters.sort === USUAL_SORT[view.query.view] ? { ...filters, sort: undefined } : filters;
}
