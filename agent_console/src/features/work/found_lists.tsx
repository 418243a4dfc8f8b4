import { Archive, CloudOff, Inbox } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { filtersText, narrows, parseFilters, USUAL_SORT } from '../../state/filters';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { NothingLeft } from './live_lists';
import { useWork } from './use_work';
import { VirtualRows } from './virtual_rows';

interface FoundListProps {
  place: 'all' | 'closed';
  filters: string | undefined;
}

/** Work that is not pushed: everything that I may see, and what is closed. */
export function FoundList({ place, filters }: FoundListProps) {
  const { work } = useDesk();
  // Raised by the server whenever something of mine has moved, and with each change of a queue of mine.
  const version = useStore(work.store, (state) => [state.work_seq, place === 'all' ? state.queues : null]);
  const chosen = parseFilters(filters);
  const asked = filtersText({
    ...chosen,
    sort: chosen.sort ?? USUAL_SORT[place],
    state: chosen.state ?? (place === 'all' ? 'open' : undefined),
  });
  const found = useWork(place, asked, useVersionNumber(version));
  if (found.isPending) return <Skeleton shape="rows" />;
  if (found.isError) {
    return (
      <Empty icon={CloudOff} title={texts.work.failed}>
        <Button onClick={() => void found.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return narrows(chosen) ? <NothingLeft /> : <NothingYet place={place} />;
  return (
    <VirtualRows
      items={items}
      place={place}
      filters={filters}
      isWhole={!found.hasNextPage}
      onEnd={found.hasNextPage && !found.isFetchingNextPage ? found.fetchNextPage : undefined}
    />
  );
}

const numbers = new WeakMap<object, number>();
let next = 0;

/** A number for each list of queues, so that a query's key stays short. */
function useVersionNumber([seq, queues]: readonly unknown[]): string {
  if (typeof queues !== 'object' || queues === null) return String(seq);
  if (!numbers.has(queues)) numbers.set(queues, (next += 1));
  return `${String(seq)}.${numbers.get(queues)}`;
}

function NothingYet({ place }: Pick<FoundListProps, 'place'>) {
  return place === 'closed' ? (
    <Empty icon={Archive} title={texts.work.closed_empty} hint={texts.work.closed_empty_hint} />
  ) : (
    <Empty icon={Inbox} title={texts.lists.all_empty} hint={texts.lists.all_empty_hint} />
  );
}
