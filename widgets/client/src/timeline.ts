/**
 * The entries of one conversation, kept dense. Pushes may come twice, late, out of order or never; the numbers
 * tell. The next number is applied, a known one ignored, a later one held back until the ones before it came.
 */
export interface Numbered {
  seq: number;
}

export interface Timeline<E extends Numbered> {
  /** Ascending and without holes; the last one's number is `head`. */
  entries: readonly E[];
  /** The last number applied. */
  head: number;
  /** Came too early. */
  held: readonly E[];
  /** The highest number known to exist. */
  known: number;
  /** Whether older entries exist before the first one here. */
  more: boolean;
}

export interface EntryPage<E extends Numbered> {
  items: readonly E[];
  head: number;
  more: boolean;
}

/** More than this missing: a fresh snapshot is cheaper than the entries one page after another. */
export const SNAPSHOT_AFTER = 500;

export function timelineOf<E extends Numbered>(
  entries: readonly E[],
  head: number,
  more: boolean,
): Timeline<E> {
  const last = entries.at(-1)?.seq ?? head;
  return { entries, head: last, held: [], known: Math.max(head, last), more };
}

export function applyEntry<E extends Numbered>(timeline: Timeline<E>, entry: E): Timeline<E> {
  return applyEntries(timeline, [entry]);
}

export function applyEntries<E extends Numbered>(timeline: Timeline<E>, incoming: readonly E[]): Timeline<E> {
  const waiting = new Map(timeline.held.map((entry) => [entry.seq, entry]));
  let known = timeline.known;
  for (const entry of incoming) {
    if (entry.seq > timeline.head && !waiting.has(entry.seq)) waiting.set(entry.seq, entry);
    known = Math.max(known, entry.seq);
  }

  const next: E[] = [];
  let head = timeline.head;
  for (let entry = waiting.get(head + 1); entry; entry = waiting.get(head + 1)) {
    next.push(entry);
    head = entry.seq;
  }

  if (head === timeline.head && known === timeline.known && waiting.size === timeline.held.length)
    return timeline;
  const held = [...waiting.values()].filter((entry) => entry.seq > head).sort((a, b) => a.seq - b.seq);
  return {
    ...timeline,
    entries: next.length > 0 ? [...timeline.entries, ...next] : timeline.entries,
    head,
    held,
    known,
  };
}

/** A head number heard from the beacon or a list. */
export function learnHead<E extends Numbered>(timeline: Timeline<E>, head: number): Timeline<E> {
  return head > timeline.known ? { ...timeline, known: head } : timeline;
}

/** Older entries, asked for with `before_seq`. */
export function prependOlder<E extends Numbered>(timeline: Timeline<E>, page: EntryPage<E>): Timeline<E> {
  const first = timeline.entries[0]?.seq ?? Infinity;
  const older = page.items.filter((entry) => entry.seq < first);
  return { ...timeline, entries: [...older, ...timeline.entries], more: page.more };
}

export type Missing = { kind: 'nothing' } | { kind: 'entries'; after_seq: number } | { kind: 'snapshot' };

/** What to ask the server for, if anything. */
export function missingIn<E extends Numbered>(timeline: Timeline<E>): Missing {
  const gap = timeline.known - timeline.head;
  if (gap <= 0) return { kind: 'nothing' };
  return gap > SNAPSHOT_AFTER ? { kind: 'snapshot' } : { kind: 'entries', after_seq: timeline.head };
}
