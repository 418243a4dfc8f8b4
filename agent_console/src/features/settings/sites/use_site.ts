import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../../state/desk_context';

export const siteKey = (siteId: string) => ['site', siteId];

/** The site as its admin sees it. */
export function useSite(siteId: string) {
  const { api } = useDesk();
  return useQuery({
    queryKey: siteKey(siteId),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}', { path: { site_id: siteId } }),
  });
}
