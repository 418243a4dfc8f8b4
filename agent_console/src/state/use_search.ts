import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from './desk_context';

const PAUSE_MS = 120;
const SHORTEST = 2;

/** The words after the agent has stopped typing for a moment. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? '' : settled;
}

/** People and conversations, found while typing; the last results stay until the next are here. */
export function useSearch(typed: string) {
  const { api } = useDesk();
  const query = useSettled(typed.trim());
  return useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) => api.get('/api/v1/agent/search', { query: { query }, signal }),
    enabled: query.length >= SHORTEST,
    placeholderData: (before) => before,
  });
}
