import type { ReactNode } from 'react';
import { CloudOff } from 'lucide-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { wordsFor } from '../../state/failure';

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What was asked for, or that it is on its way, or that it did not come. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.isPending) return <Skeleton shape="facts" />;
  if (query.data === undefined) {
    return (
      <Empty icon={CloudOff} title={texts.settings.failed} hint={wordsFor(query.error)}>
        <Button onClick={() => void query.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  return <>{children(query.data)}</>;
}
