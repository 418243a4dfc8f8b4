import { describe, expect, it } from 'vitest';
import type { Board, BoardAgent, BoardWork } from '@engage/client/src/agent';
import { foldBoard, fromBoard, grouped, keptLists, totalsOf, waitingOf, type BoardEvent } from './board';

const AT = (minute: number) => `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;

const work = (id: string, part: Partial<BoardWork> = {}): BoardWork => ({
  engagement_id: id,
  conversation_id: id,
  version: 1,
  queue_id: 'orders',
  channel: 'webchat',
  state: 'queued',
  state_since: AT(0),
  place_since: AT(0),
  boost: 0,
  weight: 1,
  agent_id: null,
  visitor_name: id,
  last_text: '',
  withheld: false,
  refused: null,
  ...part,
});

const agent = (id: string, part: Partial<BoardAgent> = {}): BoardAgent => ({
  id,
  work_seq: 1,
  name: id,
  picture: null,
  presence: 'available',
  reason: null,
  reason_id: null,
  since: AT(0),
  set_by: null,
  online: true,
  capacity: 2,
  load: 0,
  is_full: (part.load ?? 0) >= (part.capacity ?? 2),
  centre_id: null,
  team_ids: [],
  queue_ids: ['orders'],
  ...part,
});

const board = (part: Partial<Board> = {}): Board => ({
  site_id: 'site',
  queues: [
    { id: 'orders', name: 'Orders', order: 'score', priority: 0, age_factor: 100, accepted_lately: 0 },
    { id: 'bills', name: 'Bills', order: 'newest_first', priority: 0, age_factor: 100, accepted_lately: 0 },
  ],
  centres: [{ id: 'bergen', name: 'Bergen', state: 'open', since: AT(0), cause: 'by_hand' }],
  teams: [],
  agents: [],
  work: [],
  more: 0,
  server_time: AT(0),
  ...part,
});

const changed = (seq: number, part: Partial<Extract<BoardEvent, { type: 'board_changed' }>>): BoardEvent => ({
  type: 'board_changed',
  site_id: 'site',
  seq,
  work: [],
  gone: [],
  agents: [],
  agents_gone: [],
  ...part,
});

describe('the board', () => {
  it('takes what is younger, drops what is gone, and asks anew after a gap', () => {
    const start = fromBoard(board({ work: [work('a', { version: 3 }), work('b')] }));
    const first = foldBoard(
      start,
      changed(4, { work: [work('a', { version: 2, state: 'offered' })], gone: ['b'] }),
    );
    expect(first.stale).toBe(false);
    expect([...first.state.work.values()]).toEqual([work('a', { version: 3 })]);
    expect(foldBoard(first.state, changed(6, {})).stale).toBe(true);
  });

  it('notices by the sum that something was missed', () => {
    const state = fromBoard(board({ work: [work('a', { version: 3 }), work('b')] }));
    const head = (versions: number): BoardEvent => ({
      type: 'board_head',
      site_id: 'site',
      seq: 0,
      fingerprint: { works: 2, versions },
    });
    expect(foldBoard(state, head(4)).stale).toBe(false);
    expect(foldBoard(state, head(5)).stale).toBe(true);
  });

  it('puts the waiting in the order in which the router serves them', () => {
    const rows = [
      work('late', { place_since: AT(9) }),
      work('early', { place_since: AT(1) }),
      work('boosted', { place_since: AT(8), boost: 15 }),
      work('old bill', { queue_id: 'bills', place_since: AT(1) }),
      work('new bill', { queue_id: 'bills', place_since: AT(2) }),
      work('talks', { state: 'active', agent_id: 'ben' }),
    ];
    const waiting = waitingOf(fromBoard(board({ work: rows })));
    const orders = waiting.filter(({ work: one }) => one.queue_id === 'orders');
    const bills = waiting.filter(({ work: one }) => one.queue_id === 'bills');
    expect(orders.map(({ work: one, position }) => [one.engagement_id, position])).toEqual([
      ['boosted', 1],
      ['early', 2],
      ['late', 3],
    ]);
    expect(bills.map(({ work: one }) => one.engagement_id)).toEqual(['new bill', 'old bill']);
  });

  it('counts as free who is connected, available and has room', () => {
    const agents = [
      agent('free'),
      agent('full', { load: 2 }),
      agent('away', { presence: 'away' }),
      agent('lost', { online: false }),
    ];
    const totals = totalsOf(
      fromBoard(board({ agents, work: [work('a', { place_since: AT(5) }), work('b')] })),
    );
    expect(totals).toEqual({ waiting: 2, longest_since: AT(0), free: 1, present: 3, talking: 0 });
  });

  it('groups people by place, those of none last, and who is there first', () => {
    const agents = [
      agent('out', { presence: 'offline', centre_id: 'bergen' }),
      agent('in', { centre_id: 'bergen' }),
      agent('alone'),
    ];
    const state = fromBoard(board({ agents }));
    const groups = grouped(state, 'centre', agents);
    expect(groups.map(({ name, agents: people }) => [name, people.map(({ id }) => id)])).toEqual([
      ['Bergen', ['in', 'out']],
      [null, ['alone']],
    ]);
  });
});

describe('what each of them holds', () => {
  it('is the same list for whoever nothing happened to', () => {
    const [mine, yours] = [work('mine'), work('yours')];
    const before = new Map([
      ['anna', [mine]],
      ['ben', [yours]],
    ]);

    const now = keptLists(
      before,
      new Map([
        ['anna', [mine]],
        ['ben', [{ ...yours, version: 2 }]],
      ]),
    );

    expect(now.get('anna')).toBe(before.get('anna'));
    expect(now.get('ben')).not.toBe(before.get('ben'));
  });
});
