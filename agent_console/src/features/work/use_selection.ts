import { useCallback, useEffect, useLayoutEffect, useRef, type MouseEvent, type RefObject } from 'react';
import type { WorkItem } from '@engage/client/src/agent';
import { useDesk, useRequest } from '../../state/desk_context';
import { filtersText, parseFilters } from '../../state/filters';
import { allOf, NOTHING, reached, refreshed, stepped, toggled } from '../../state/selection';
import { useValue } from '../../state/store';

interface Selecting {
  items: readonly WorkItem[];
  isWhole: boolean;
  filters: string | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  /** The row whose conversation is on the screen. */
  openAt: number;
  show: (index: number) => void;
}

/** Selecting rows of one list; it ends with the list, and when the list is narrowed in another way. */
export function useSelection({ items, isWhole, filters, scroller, openAt, show }: Selecting) {
  const { selection: store } = useDesk().bulk;
  const selection = useValue(store);
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
    store.update((now) => refreshed(now, items, isWhole));
  }, [store, items, isWhole]);
  const narrowed = filtersText({ ...parseFilters(filters), sort: undefined });
  useEffect(() => () => store.set(NOTHING), [store, narrowed]);

  /** Drawn with the selection, and then given the focus. */
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    const at = items.findIndex((item) => item.engagement_id === wanted.current);
    const row = at < 0 ? null : scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"] a`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  function standing(): number {
    const row = document.activeElement?.closest<HTMLElement>('[data-index]');
    return row && scroller.current?.contains(row) ? Number(row.dataset.index) : openAt;
  }
  function step(by: 1 | -1): void {
    const next = stepped(store.get(), items, by, standing());
    wanted.current = next.head;
    show(items.findIndex((item) => item.engagement_id === next.head));
    store.set(next);
  }
  useRequest('select_row', () => {
    const item = items[standing()];
    if (item) store.update((now) => toggled(now, item));
  });
  useRequest('select_down', () => step(1));
  useRequest('select_up', () => step(-1));
  useRequest('select_all', () => store.set(allOf(items)));

  const select = useCallback(
    (item: WorkItem, isRange: boolean) =>
      store.update((now) =>
        isRange ? reached(now, latest.current, item.engagement_id) : toggled(now, item),
      ),
    [store],
  );
  /** With Shift the browser would mark the words between. */
  const onMouseDown = (event: MouseEvent) => event.shiftKey && event.preventDefault();
  return { selection, count: selection.items.size, select, onMouseDown };
}
