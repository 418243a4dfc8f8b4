import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { Empty } from '../../ui/empty';
import { Loaded } from './loaded';
import { PageFrame } from './page_frame';

/** To the place before or behind; null where there is none. */
export interface Move {
  up: (() => void) | null;
  down: (() => void) | null;
}

interface NounListProps<All extends { items: readonly { id: string }[] }> {
  words: { title: string; lead: string; empty?: string; empty_hint?: string };
  icon: LucideIcon;
  query: UseQueryResult<All>;
  actions?: ReactNode;
  /** What makes a new one, above the list. */
  add?: ReactNode;
  row: (item: All['items'][number], move: Move, all: All) => ReactNode;
  /** Told the ids in their new order. */
  onOrder?: (ids: string[]) => void;
  /** What is open over the list. */
  dialog?: (all: All) => ReactNode;
}

/** The page of a noun that an admin sets up, e.g. skills: what there is, one row each, and how to add to it. */
export function NounList<All extends { items: readonly { id: string }[] }>(props: NounListProps<All>) {
  const { words, icon, query, actions, add, row, onOrder, dialog } = props;
  return (
    <PageFrame title={words.title} lead={words.lead} actions={actions}>
      {add}
      <Loaded query={query}>
        {(all) => (
          <>
            {all.items.length === 0 && words.empty ? (
              <Empty icon={icon} title={words.empty} hint={words.empty_hint} />
            ) : (
              <ul className="settings-rows">
                {all.items.map((item, at) => (
                  <li key={item.id} className="settings-row">
                    {row(item, moveOf(all.items, at, onOrder), all)}
                  </li>
                ))}
              </ul>
            )}
            {dialog?.(all)}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function moveOf(items: readonly { id: string }[], at: number, onOrder?: (ids: string[]) => void): Move {
  const swap = (first: number) => () => onOrder?.(swapped(items, first));
  return { up: at > 0 ? swap(at - 1) : null, down: at < items.length - 1 ? swap(at) : null };
}

/** The ids with the one at this place behind its neighbour. */
function swapped(items: readonly { id: string }[], at: number): string[] {
  const ids = items.map((item) => item.id);
  return [...ids.slice(0, at), ...ids.slice(at, at + 2).reverse(), ...ids.slice(at + 2)];
}
