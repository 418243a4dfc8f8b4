import { useEffect, useRef } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Archive, CloudOff, SearchX } from 'lucide-react';
import type { WorkView } from '@engage/client/src/agent';
import { useDesk, useOpenConversationId } from '../../state/desk_context';
import type { WorkPlace } from '../../state/route';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { WorkRow } from './work_row';

function useWork(view: WorkView, search: string) {
  const { door, work } = useDesk();
  // Raised by the server whenever something of mine has closed; then the closed list is asked for again. What I
  // hold shrinks earlier, when the server does not know it yet.
  const workSeq = useStore(work.store, (state) => state.work_seq);
  return useInfiniteQuery({
    queryKey: ['work', view, search, view === 'closed' ? workSeq : 0],
    queryFn: ({ pageParam }) => door.work(view, search, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
}

export function ClosedList() {
  return (
    <FoundList view="closed" search="" place="closed">
      <Empty icon={Archive} title={texts.work.closed_empty} hint={texts.work.closed_empty_hint} />
    </FoundList>
  );
}

export function SearchList({ query, view }: { query: string; view: WorkPlace }) {
  return (
    <FoundList view="all" search={query} place={view}>
      <Empty icon={SearchX} title={texts.work.nothing_found(query)} hint={texts.work.nothing_found_hint} />
    </FoundList>
  );
}

interface FoundListProps {
  view: WorkView;
  search: string;
  place: WorkPlace;
  children: React.ReactNode;
}

function FoundList({ view, search, place, children: empty }: FoundListProps) {
  const found = useWork(view, search);
  const openId = useOpenConversationId();
  if (found.isPending) return <Skeleton shape="rows" />;
  if (found.isError) {
    return (
      <Empty icon={CloudOff} title={texts.work.failed}>
        <Button onClick={() => void found.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      <ul className="work-list">
        {items.map((item) => (
          <WorkRow
            key={item.engagement_id}
            item={item}
            to={{ page: 'work', view: place, conversation_id: item.conversation_id }}
            isOpen={item.conversation_id === openId}
            mark={null}
          />
        ))}
      </ul>
      {found.hasNextPage && <NextPage isLoading={found.isFetchingNextPage} onNeeded={found.fetchNextPage} />}
    </>
  );
}

/** Loads the next page when it comes near; the button is for who does not scroll. */
function NextPage({ isLoading, onNeeded }: { isLoading: boolean; onNeeded: () => unknown }) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(onNeeded);
  useEffect(() => {
    latest.current = onNeeded;
  });
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && latest.current(),
      { rootMargin: '200px' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="work-list-more">
      <Button look="quiet" disabled={isLoading} onClick={onNeeded}>
        {isLoading ? texts.loading : texts.work.more}
      </Button>
    </div>
  );
}
