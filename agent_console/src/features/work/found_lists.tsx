import { useEffect, useMemo, useRef } from 'react';
import { Archive, CloudOff, Inbox } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { serverNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { filtersText, narrows, parseFilters, USUAL_SORT } from '../../state/filters';
import { withLive } from '../../state/found';
import { useStore } from '../../state/store';
import type { WorkspaceState } from '../../state/workspace';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { NothingLeft } from './live_lists';
import { useWork } from './use_work';
import { VirtualRows } from './virtual_rows';

const PAUSE_MS = 1_500;

interface FoundListProps {
  place: 'all' | 'closed';
  filters: string | undefined;
}

/** Work that is not pushed: everything that I may see, and what is closed. */
export function FoundList({ place, filters }: FoundListProps) {
  const { work } = useDesk();
  const chosen = parseFilters(filters);
  const sort = chosen.sort ?? USUAL_SORT[place];
  const state = chosen.state ?? (place === 'all' ? 'open' : undefined);
  const asked = filtersText({ ...chosen, sort, state });
  // Raised by the server whenever something of mine has moved.
  const seq = useStore(work.store, (now) => now.work_seq);
  const live = useStore(work.store, (now) => (place === 'all' ? liveOf(now) : NONE));
  const found = useWork(place, asked, place === 'closed' ? seq : null);
  useSoon(live, () => void found.refetch());
  const pages = found.data?.pages;
  const items = useMemo(() => {
    const stored = pages?.flatMap((page) => page.items) ?? [];
    const asked = { ...parseFilters(filters), sort, state };
    return place === 'all' ? withLive(stored, live, asked, serverNow()) : stored;
  }, [pages, live, place, filters, sort, state]);
  if (found.isPending) return <Skeleton shape="rows" />;
  if (found.isError) {
    return (
      <Empty icon={CloudOff} title={texts.work.failed}>
        <Button onClick={() => void found.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
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

const NONE: readonly WorkItem[] = [];
const liveOf = ({ mine, queues }: WorkspaceState) => [...queues.flatMap((queue) => queue.items), ...mine];

/** What colleagues do is not pushed row by row: the loaded pages are asked for again, but not at every step. */
function useSoon(live: readonly WorkItem[], ask: () => void): void {
  const latest = useRef(ask);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const first = useRef(live);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (live === first.current) return;
    timer.current ??= setTimeout(() => {
      timer.current = null;
      latest.current();
    }, PAUSE_MS);
  }, [live]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
}

function NothingYet({ place }: Pick<FoundListProps, 'place'>) {
  return place === 'closed' ? (
    <Empty icon={Archive} title={texts.work.closed_empty} hint={texts.work.closed_empty_hint} />
  ) : (
    <Empty icon={Inbox} title={texts.lists.all_empty} hint={texts.lists.all_empty_hint} />
  );
}
