import { describe, expect, it } from 'vitest';
import { anEntry } from '../../state/fixtures';
import type { OutgoingRow } from '../../state/sender';
import { timelineRows, type Row, type RowsInput } from './rows';

const agent = { kind: 'agent' as const, id: 'me', name: 'Me', picture: null };

function rowsOf(change: Partial<RowsInput>): Row[] {
  return timelineRows({
    entries: [],
    outgoing: [],
    more: false,
    theirs: { delivered_seq: 0, read_seq: 0 },
    unread_from: null,
    ...change,
  });
}

const outgoing = (client_id: string, change: Partial<OutgoingRow> = {}): OutgoingRow => ({
  kind: 'message',
  client_id,
  conversation_id: 'c1',
  text: 'x',
  attachments: [],
  article_slug: null,
  html: null,
  posting: null,
  is_overtaken: false,
  created_at: 0,
  state: 'sending',
  reason: null,
  ...change,
});

const shape = (rows: Row[]) =>
  rows.map((row) => {
    if (row.type === 'entry') return `${row.entry.seq}${row.starts ? '<' : ''}${row.ends ? '>' : ''}`;
    return row.type;
  });

describe('timeline rows', () => {
  it('say where the conversation begins only when nothing older is left', () => {
    expect(shape(rowsOf({ entries: [anEntry(1)] }))).toEqual(['beginning', 'day', '1<>']);
    expect(shape(rowsOf({ entries: [anEntry(9)], more: true }))).toEqual(['day', '9<>']);
  });

  it('group what one author says in a row, and part it by kind, author and pause', () => {
    const later = '2026-01-05T12:20:00.000Z';
    const entries = [
      anEntry(1),
      anEntry(2),
      anEntry(3, { author: agent }),
      anEntry(4, { author: agent, kind: 'note', audience: 'agents' }),
      anEntry(5, { created_at: later }),
    ];
    expect(shape(rowsOf({ entries, more: true }))).toEqual(['day', '1<', '2>', '3<>', '4<>', '5<>']);
  });

  it('divide days and what was unread', () => {
    const entries = [anEntry(1), anEntry(2, { created_at: '2026-01-08T12:00:00.000Z' }), anEntry(3)];
    expect(shape(rowsOf({ entries, more: true, unread_from: 2 }))).toEqual([
      'day',
      '1<>',
      'day',
      'unread',
      '2<>',
      'day',
      '3<>',
    ]);
  });

  it('mark own messages by what the visitor has received and read', () => {
    const entries = [1, 2, 3].map((seq) => anEntry(seq, { author: agent }));
    const rows = rowsOf({ entries, theirs: { delivered_seq: 2, read_seq: 1 } });
    expect(rows.flatMap((row) => (row.type === 'entry' ? [row.mark] : []))).toEqual([
      'read',
      'delivered',
      'sent',
    ]);
  });

  it('let the stored entry take the place and the key of the message being sent', () => {
    const entries = [anEntry(1, { author: agent, client_id: 'a' })];
    const rows = rowsOf({ entries, outgoing: [outgoing('a'), outgoing('b')] });
    expect(rows.map((row) => row.key)).toEqual(['beginning', 'day n1', 'a', 'b']);
  });
});
