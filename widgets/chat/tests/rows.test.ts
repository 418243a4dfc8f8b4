import type { Entry, Outgoing } from '@engage/client';
import { expect, test } from 'vitest';
import { fromView } from '../src/state/conversation';
import { rowsOf, type Bubble, type Row } from '../src/views/conversation/rows';
import { aView, anEntry, byVisitor } from './fixtures';

const conversation = (entries: Entry[], parts: Parameters<typeof aView>[1] = {}) =>
  fromView(aView(entries, parts), undefined);
const kinds = (rows: Row[]) => rows.map(({ kind }) => kind);
const bubbles = (rows: Row[]) => rows.filter((row): row is Bubble => row.kind === 'bubble');
const at = (minute: number, day = 2) => `2026-03-0${day}T10:${String(minute).padStart(2, '0')}:00Z`;
const outgoing = (parts: Partial<Outgoing>): Outgoing => ({
  client_id: 'mine',
  conversation_id: 'c1',
  text: 'on its way',
  attachments: [],
  created_at: Date.parse(at(30)),
  attempts: 0,
  due_at: 0,
  failure: null,
  ...parts,
});

test('bubbles of one author in a row are one group; a pause or another author ends it', () => {
  const rows = rowsOf(
    conversation([
      anEntry({ seq: 1, created_at: at(0) }),
      anEntry({ seq: 2, created_at: at(1) }),
      anEntry({ seq: 3, created_at: at(20) }),
      anEntry({ seq: 4, created_at: at(21), author: byVisitor }),
    ]),
    [],
  );

  expect(bubbles(rows).map(({ first, last }) => [first, last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test('each day begins with its name', () => {
  const rows = rowsOf(
    conversation([anEntry({ seq: 1, created_at: at(0) }), anEntry({ seq: 2, created_at: at(0, 3) })]),
    [],
  );

  expect(kinds(rows)).toEqual(['day', 'bubble', 'day', 'bubble']);
});

test('marks follow the other side: sent, delivered, read', () => {
  const own = [1, 2, 3].map((seq) => anEntry({ seq, author: byVisitor }));

  const rows = rowsOf(conversation(own, { theirs: { delivered_seq: 2, read_seq: 1 } }), []);

  expect(bubbles(rows).map(({ mark }) => mark)).toEqual(['read', 'delivered', 'sent']);
});

test('a message on its way is shown at once, and only once when it has arrived', () => {
  const before = rowsOf(conversation([]), [outgoing({})]);
  const after = rowsOf(conversation([anEntry({ seq: 1, author: byVisitor, client_id: 'mine' })]), [
    outgoing({}),
  ]);

  expect(bubbles(before).map(({ key, mark }) => [key, mark])).toEqual([['mine', 'sending']]);
  expect(bubbles(after).map(({ key, mark }) => [key, mark])).toEqual([['mine', 'sent']]);
});

test('a refused message stands alone and says so', () => {
  const refused = outgoing({
    failure: { code: 'refused', detail: 'No.', passing: false, told_to_wait: false },
  });

  expect(
    bubbles(rowsOf(conversation([]), [outgoing({ client_id: 'other' }), refused])).map(({ mark }) => mark),
  ).toEqual(['sending', 'failed']);
});

test('messages of other conversations are not shown here', () => {
  expect(bubbles(rowsOf(conversation([]), [outgoing({ conversation_id: 'c2' })]))).toEqual([]);
});

test('the divider stands before the first unread entry of somebody else', () => {
  const open = {
    ...conversation([anEntry({ seq: 1 }), anEntry({ seq: 2, author: byVisitor }), anEntry({ seq: 3 })]),
    divider: 1,
  };

  expect(kinds(rowsOf(open, []))).toEqual(['day', 'bubble', 'bubble', 'unread', 'bubble']);
});

test('what the queue card says is not said twice', () => {
  const state = (name: 'queued' | 'joined') =>
    ({
      type: 'state',
      state: name,
      agent_name: null,
      score: null,
      comment: null,
      disposition: null,
      email: null,
      topic: null,
      begun_at: null,
      count: null,
      merge_id: null,
      promise: null,
      waited_seconds: null,
      party: null,
      instead: new Array<'call' | 'mail'>(),
    }) as const;
  const rows = rowsOf(
    conversation([
      anEntry({ seq: 1, kind: 'state', details: state('queued') }),
      anEntry({ seq: 2, kind: 'state', details: state('joined') }),
    ]),
    [],
  );

  expect(kinds(rows)).toEqual(['day', 'line']);
});
