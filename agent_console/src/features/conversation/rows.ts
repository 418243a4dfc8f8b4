import type { Cursor, Entry } from '@engage/client';
import type { OutgoingRow } from '../../state/sender';
import { daysApart } from '../../ui/time_words';

export type DeliveryMark = 'sent' | 'delivered' | 'read';

/** What the timeline draws, one after the other. `starts` and `ends` are the edges of a group by one author. */
export type Row =
  | { type: 'beginning'; key: string }
  | { type: 'day'; key: string; at: string }
  | { type: 'unread'; key: string }
  | { type: 'entry'; key: string; entry: Entry; starts: boolean; ends: boolean; mark: DeliveryMark | null }
  | { type: 'outgoing'; key: string; outgoing: OutgoingRow; starts: boolean; ends: boolean };

export interface RowsInput {
  entries: readonly Entry[];
  outgoing: readonly OutgoingRow[];
  more: boolean;
  theirs: Cursor;
  unread_from: number | null;
}

/** Somebody who says something again after this long begins a new group. */
const GROUP_MS = 5 * 60_000;

function isBubble(entry: Entry): boolean {
  return entry.kind === 'message' || entry.kind === 'note';
}

function continues(before: Entry, next: Entry): boolean {
  return (
    isBubble(before) &&
    before.kind === next.kind &&
    before.author.kind === next.author.kind &&
    before.author.id === next.author.id &&
    Date.parse(next.created_at) - Date.parse(before.created_at) < GROUP_MS
  );
}

export function markOf(entry: Entry, theirs: Cursor): DeliveryMark | null {
  if (entry.kind !== 'message' || entry.author.kind !== 'agent') return null;
  if (theirs.read_seq >= entry.seq) return 'read';
  return theirs.delivered_seq >= entry.seq ? 'delivered' : 'sent';
}

/** An entry keeps the key of the message it was sent as, so its bubble stays the same one. */
function keyOf(entry: Entry): string {
  return entry.client_id ?? entry.id;
}

export function timelineRows(input: RowsInput): Row[] {
  const { entries, theirs } = input;
  const rows: Row[] = [];
  if (!input.more && entries.length > 0) rows.push({ type: 'beginning', key: 'beginning' });
  let last: Entry | null = null;
  const stored = new Set<string>();

  for (const entry of entries) {
    if (entry.client_id) stored.add(entry.client_id);
    const apart = last ? daysApart(Date.parse(last.created_at), Date.parse(entry.created_at)) : 1;
    if (apart !== 0) rows.push({ type: 'day', key: `day ${entry.id}`, at: entry.created_at });
    const isUnread = entry.seq === input.unread_from;
    if (isUnread) rows.push({ type: 'unread', key: 'unread' });
    const starts = !last || apart !== 0 || isUnread || !continues(last, entry);
    const before = rows.at(-1);
    if (!starts && before?.type === 'entry') before.ends = false;
    rows.push({
      type: 'entry',
      key: keyOf(entry),
      entry,
      starts: isBubble(entry) ? starts : true,
      ends: true,
      mark: markOf(entry, theirs),
    });
    last = entry;
  }

  const waiting = input.outgoing.filter((row) => !stored.has(row.client_id));
  waiting.forEach((outgoing, at) => {
    const starts = waiting[at - 1]?.kind !== outgoing.kind;
    const before = rows.at(-1);
    if (!starts && before?.type === 'outgoing') before.ends = false;
    rows.push({ type: 'outgoing', key: outgoing.client_id, outgoing, starts, ends: true });
  });
  return rows;
}
