import type { WorkItem } from '@engage/client/src/agent';

/** Rows of the list that are acted on together, by engagement. */
export interface Selection {
  items: ReadonlyMap<string, WorkItem>;
  /** Where a range begins: the row that was chosen by itself last. */
  anchor: string | null;
  /** Where the range ends at present. */
  head: string | null;
}

export const NOTHING: Selection = { items: new Map(), anchor: null, head: null };

const idOf = (item: WorkItem) => item.engagement_id;
const placeOf = (list: readonly WorkItem[], id: string | null) => list.findIndex((item) => idOf(item) === id);

export function toggled({ items }: Selection, item: WorkItem): Selection {
  const id = idOf(item);
  const next = new Map(items);
  if (!next.delete(id)) next.set(id, item);
  return { items: next, anchor: id, head: id };
}

function range(list: readonly WorkItem[], from: number, to: number): readonly WorkItem[] {
  return from < 0 || to < 0 ? [] : list.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** The range goes from its beginning to this row; what it reached before and no longer does is let go. */
export function reached(selection: Selection, list: readonly WorkItem[], id: string): Selection {
  const to = placeOf(list, id);
  if (to < 0) return selection;
  const begun = placeOf(list, selection.anchor);
  const from = begun < 0 ? to : begun;
  const items = new Map(selection.items);
  for (const item of range(list, begun, placeOf(list, selection.head))) items.delete(idOf(item));
  for (const item of range(list, from, to)) items.set(idOf(item), item);
  return { items, anchor: list[from]?.engagement_id ?? id, head: id };
}

/** One row further, seen from the range's end, or from where the agent stands while there is none. */
export function stepped(
  selection: Selection,
  list: readonly WorkItem[],
  by: 1 | -1,
  stand: number,
): Selection {
  const end = placeOf(list, selection.head);
  const at = end < 0 ? stand : end;
  const here = list[at];
  if (!here) return list[0] ? reached(NOTHING, list, idOf(list[0])) : selection;
  const begun = end < 0 ? { ...selection, anchor: idOf(here), head: idOf(here) } : selection;
  return reached(begun, list, idOf(list[at + by] ?? here));
}

export function allOf(list: readonly WorkItem[]): Selection {
  return { items: new Map(list.map((item) => [idOf(item), item])), anchor: null, head: null };
}

export function without(selection: Selection, ids: ReadonlySet<string>): Selection {
  const kept = [...selection.items].filter(([id]) => !ids.has(id));
  return kept.length === selection.items.size ? selection : { ...selection, items: new Map(kept) };
}

/**
 * The rows as the list has them now, in whatever order; what has left the list is forgotten. While only the
 * beginning of a list is loaded, nobody knows what has left it.
 */
export function refreshed(selection: Selection, list: readonly WorkItem[], isWhole: boolean): Selection {
  if (selection.items.size === 0) return selection;
  const now = new Map(list.map((item) => [idOf(item), item]));
  const kept = [...selection.items].flatMap(([id, item]): [string, WorkItem][] => {
    const fresh = now.get(id) ?? (isWhole ? null : item);
    return fresh ? [[id, fresh]] : [];
  });
  const isSame =
    kept.length === selection.items.size && kept.every(([id, item]) => selection.items.get(id) === item);
  return isSame ? selection : { ...selection, items: new Map(kept) };
}
