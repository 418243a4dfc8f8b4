import { useEffect, useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { WorkItem } from '@engage/client/src/agent';
import { useDesk, useOpenConversationId, useRequest } from '../../state/desk_context';
import type { Route, WorkPlace } from '../../state/route';
import { texts } from '../../texts';
import { BulkBar } from './bulk_bar';
import { useSelection } from './use_selection';
import { classNames } from '../../ui/class_names';
import { WorkRow } from './work_row';

const ROW_PX = 62;
/** The next page is asked for before the agent reaches the last row. */
const AHEAD = 10;

interface VirtualRowsProps {
  items: readonly WorkItem[];
  place: WorkPlace;
  filters: string | undefined;
  markOf?: (conversationId: string) => 'failed' | 'draft' | null;
  onTake?: ((item: WorkItem) => void) | undefined;
  /** Called while the end is near. */
  onEnd?: (() => unknown) | undefined;
  /** Nothing more is to be loaded. */
  isWhole?: boolean;
  children?: ReactNode;
}

/** Two hundred rows cost what twenty cost: only those on the screen are drawn. */
export function VirtualRows({
  items,
  place,
  filters,
  markOf,
  onTake,
  onEnd,
  isWhole = true,
  children,
}: VirtualRowsProps) {
  const { router } = useDesk();
  const openId = useOpenConversationId();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => items[at]?.engagement_id ?? at,
    overscan: 6,
    paddingStart: 6,
    paddingEnd: 6,
  });
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - AHEAD) onEnd?.();
  }, [items.length, last, onEnd]);

  const routeTo = (item: WorkItem): Route => ({
    page: 'work',
    view: place,
    conversation_id: item.conversation_id,
    filters,
  });
  const step = (by: 1 | -1) => {
    const at = items.findIndex((item) => item.conversation_id === openId);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    const item = items[next];
    if (!item) return;
    list.scrollToIndex(next);
    router.go(routeTo(item));
  };
  useRequest('next_row', () => step(1));
  useRequest('previous_row', () => step(-1));

  const { selection, select, onMouseDown, count } = useSelection({
    items,
    isWhole,
    filters,
    scroller,
    openAt: items.findIndex((item) => item.conversation_id === openId),
    show: list.scrollToIndex,
  });

  return (
    <>
      <div
        className={classNames('work-pane-list', count > 0 && 'is-selecting')}
        ref={scroller}
        tabIndex={-1}
        onMouseDown={onMouseDown}
      >
        <ul className="work-list" style={{ height: list.getTotalSize() }}>
          {shown.map((one) => {
            const item = items[one.index];
            return (
              item && (
                <li
                  key={one.key}
                  ref={list.measureElement}
                  data-index={one.index}
                  className="work-list-cell"
                  aria-setsize={items.length}
                  aria-posinset={one.index + 1}
                  style={{ transform: `translateY(${one.start}px)` }}
                >
                  <WorkRow
                    item={item}
                    place={place}
                    filters={filters}
                    isOpen={item.conversation_id === openId}
                    isSelected={selection.items.has(item.engagement_id)}
                    onSelect={select}
                    mark={markOf?.(item.conversation_id) ?? null}
                    onTake={item.state === 'queued' ? onTake : undefined}
                  />
                </li>
              )
            );
          })}
        </ul>
        {children}
      </div>
      {/* There before it says something: a region that comes with its words is not read out. */}
      <p className="visually-hidden" aria-live="polite">
        {count > 0 && texts.bulk.chosen(count)}
      </p>
      {count > 0 && <BulkBar items={items} onGone={() => scroller.current?.focus()} />}
    </>
  );
}
