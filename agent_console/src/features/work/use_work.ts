import { useInfiniteQuery } from '@tanstack/react-query';
import { useDesk } from '../../state/desk_context';
import type { WorkPlace } from '../../state/route';

/** A list that the server keeps, page by page; `version` says that it may have changed. */
export function useWork(view: WorkPlace, filters: string | undefined, version: unknown, enabled = true) {
  const { api } = useDesk();
  return useInfiniteQuery({
    queryKey: ['work', view, filters, version],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/agent/work', {
        query: { view, ...Object.fromEntries(new URLSearchParams(filters)), cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    enabled,
  });
}
