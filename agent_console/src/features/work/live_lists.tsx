import { useMemo } from 'react';
import { Coffee, Filter, Inbox } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { serverNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { inOrder, matchesFilters, narrows, parseFilters, USUAL_SORT } from '../../state/filters';
import { useStore } from '../../state/store';
import { waitingCount, type WorkspaceState } from '../../state/workspace';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { takeItem } from './take';
import { useMarks } from './use_marks';
import { useWork } from './use_work';
import { VirtualRows } from './virtual_rows';

interface LiveListProps {
  filters: string | undefined;
}

const mineOf = (state: WorkspaceState) => state.mine;
const queuedOf = (state: WorkspaceState) => state.queues.flatMap((queue) => queue.items);

function useNarrowed(items: readonly WorkItem[], place: 'mine' | 'queue', text: string | undefined) {
  return useMemo(() => {
    const filters = parseFilters(text);
    const now = serverNow();
    const left = items.filter((item) => matchesFilters(item, filters, now));
    return inOrder(left, filters.sort ?? USUAL_SORT[place]);
  }, [items, place, text]);
}

export function MineList({ filters }: LiveListProps) {
  const items = useNarrowed(useStore(useDesk().work.store, mineOf), 'mine', filters);
  const markOf = useMarks();
  if (items.length === 0) return narrows(parseFilters(filters)) ? <NothingLeft /> : <MineEmpty />;
  return <VirtualRows items={items} place="mine" filters={filters} markOf={markOf} />;
}

function MineEmpty() {
  const { work, router } = useDesk();
  const isAvailable = useStore(work.store, (state) => state.presence.presence === 'available');
  const hint = isAvailable ? texts.work.mine_empty_available : texts.work.mine_empty_unavailable;
  return (
    <Empty icon={Inbox} title={texts.work.mine_empty} hint={hint}>
      {!isAvailable && (
        <Button look="primary" onClick={() => void work.setPresence('available', null)}>
          {texts.work.become_available}
        </Button>
      )}
      <Button onClick={() => router.go({ page: 'work', view: 'queue', conversation_id: null })}>
        {texts.work.see_queue}
      </Button>
    </Empty>
  );
}

/** The filters leave nothing: that is no news about the desk. */
export function NothingLeft() {
  return <Empty icon={Filter} title={texts.lists.nothing_left} hint={texts.lists.nothing_left_hint} />;
}

export function QueueList({ filters }: LiveListProps) {
  const desk = useDesk();
  const pushed = useStore(desk.work.store, queuedOf);
  const waiting = useStore(desk.work.store, waitingCount);
  // The first of each queue are pushed; a longer queue is read on, page by page.
  const isLonger = waiting > pushed.length;
  const rest = useWork('queue', 'sort=waiting', waiting, isLonger);
  const all = useMemo(
    () => withRest(pushed, isLonger ? (rest.data?.pages ?? []) : []),
    [pushed, rest.data, isLonger],
  );
  const items = useNarrowed(all, 'queue', filters);
  if (items.length === 0) {
    return narrows(parseFilters(filters)) ? (
      <NothingLeft />
    ) : (
      <Empty icon={Coffee} title={texts.work.queue_empty} hint={texts.work.queue_empty_hint} />
    );
  }
  const readOn = isLonger && rest.hasNextPage && !rest.isFetchingNextPage ? rest.fetchNextPage : undefined;
  return (
    <VirtualRows
      items={items}
      place="queue"
      filters={filters}
      isWhole={!isLonger || !rest.hasNextPage}
      onTake={(item) => void takeItem(desk, item)}
      onEnd={readOn}
    />
  );
}

function withRest(pushed: readonly WorkItem[], pages: readonly { items: WorkItem[] }[]): readonly WorkItem[] {
  const known = new Set(pushed.map((item) => item.engagement_id));
  return [...pushed, ...pages.flatMap((page) => page.items.filter((item) => !known.has(item.engagement_id)))];
}
