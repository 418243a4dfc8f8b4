import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '@engage/client/src/agent';
import { anEntry, anItem, anOffer, aWorkspace } from './fixtures';
import {
  foldWorkspace,
  highest,
  mineByDeadline,
  waitingItems,
  withRead,
  type WorkspaceState,
} from './workspace';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 12, minute)).toISOString();

const changed = (work_seq: number, change = {}, removed = false): AgentEvent => ({
  type: 'work_changed',
  work_seq,
  item: anItem(change),
  removed,
});

const cameByItself = (engagement_id: string): AgentEvent => ({
  type: 'offer_ended',
  work_seq: 6,
  offer_id: 'o1',
  engagement_id,
  state: 'accepted',
  by_itself: true,
});

function fold(state: WorkspaceState, ...events: AgentEvent[]): WorkspaceState {
  return events.reduce((now, event) => foldWorkspace(now, event).state, state);
}

describe('the numbers of an agent', () => {
  const state = aWorkspace({ work_seq: 5 });

  it('let the next event in and remember it', () => {
    const { state: next, gap } = foldWorkspace(state, changed(6));
    expect(gap).toBe(false);
    expect(next.work_seq).toBe(6);
    expect(next.mine).toHaveLength(1);
  });

  it('let events of one transaction share a number', () => {
    const next = fold(state, { type: 'offer_made', work_seq: 6, offer: anOffer('o1') }, changed(6));
    expect([next.offers.length, next.mine.length]).toEqual([1, 1]);
  });

  it('ignore old news', () => {
    expect(foldWorkspace(state, changed(4))).toEqual({ state, gap: false });
  });

  it('ask for the snapshot after a gap, and change nothing until it is there', () => {
    expect(foldWorkspace(state, changed(7))).toEqual({ state, gap: true });
    expect(foldWorkspace(state, { type: 'agent_head', work_seq: 6 }).gap).toBe(true);
    expect(foldWorkspace(state, { type: 'agent_head', work_seq: 5 }).gap).toBe(false);
  });
});

describe('what an agent holds', () => {
  it('replaces the row of the same engagement', () => {
    const next = fold(aWorkspace(), changed(6), changed(7, { state: 'wrapping_up' }));
    expect(next.mine.map((item) => item.state)).toEqual(['wrapping_up']);
  });

  it('loses what was removed, closed, or is in somebody else’s hands', () => {
    const held = fold(aWorkspace(), changed(6));
    expect(fold(held, changed(7, {}, true)).mine).toEqual([]);
    expect(fold(held, changed(7, { state: 'closed' })).mine).toEqual([]);
    expect(fold(held, changed(7, { agent: { id: 'other', name: 'O', picture: null } })).mine).toEqual([]);
  });

  it('drops an offer that ended', () => {
    const state = aWorkspace({ offers: [anOffer('o1'), anOffer('o2')] });
    const next = fold(state, {
      type: 'offer_ended',
      work_seq: 6,
      offer_id: 'o1',
      engagement_id: 'e1',
      state: 'missed',
      by_itself: false,
    });
    expect(next.offers.map((offer) => offer.id)).toEqual(['o2']);
  });

  it('remembers what came to the desk by itself', () => {
    const offer = anOffer('o1');
    const next = fold(aWorkspace({ offers: [offer] }), cameByItself(offer.engagement.engagement_id));
    expect([next.offers, next.last_opened]).toEqual([[], offer.engagement]);
  });

  it('remembers what came to the desk without ringing, once it is there', () => {
    const item = anItem();
    const told = fold(aWorkspace(), cameByItself(item.engagement_id));
    const next = fold(told, { type: 'work_changed', work_seq: 6, item, removed: false });
    expect([told.last_opened, next.last_opened, next.opens_next]).toEqual([null, item, null]);
  });

  it('shows a visitor come and go, in his rows and in the queue', () => {
    const item = anItem();
    const queue = {
      id: 'q1',
      site_id: 's1',
      name: 'Q',
      waiting: 1,
      longest_waiting_since: null,
      items: [item],
    };
    const state = aWorkspace({ mine: [item], queues: [queue] });
    const next = fold(state, { type: 'visitor_changed', visitor_id: 'v1', online: false, trail: [] });
    expect([next.mine[0]?.visitor.online, next.queues[0]?.items[0]?.visitor.online]).toEqual([false, false]);
  });
});

describe('unread words', () => {
  const added = (seq: number, change = {}): AgentEvent => ({
    type: 'entry_added',
    conversation_id: 'c1',
    entry: anEntry(seq, change),
  });
  const state = aWorkspace({ mine: [anItem()] });

  it('count each message of the visitor once', () => {
    const next = fold(state, added(8), added(9), added(9));
    expect(next.mine[0]).toMatchObject({ unread: 2, last_text: 'text 9', last_author: 'visitor' });
  });

  it('do not count notes, states, or what agents say', () => {
    const agent = { kind: 'agent' as const, id: 'me', name: 'Me', picture: null };
    const next = fold(
      state,
      added(8, { author: agent, text: 'hello' }),
      added(9, { kind: 'note', audience: 'agents', author: agent }),
    );
    expect(next.mine[0]).toMatchObject({ unread: 0, last_text: 'hello', last_author: 'agent' });
  });

  it('are gone when read here or in another window', () => {
    const unread = fold(state, added(8));
    expect(withRead(unread, 'c1').mine[0]?.unread).toBe(0);
    const moved = { type: 'cursor_moved', conversation_id: 'c1', by: 'agent', delivered_seq: 8 } as const;
    expect(fold(unread, { ...moved, read_seq: 7 }).mine[0]?.unread).toBe(1);
    expect(fold(unread, { ...moved, read_seq: 8 }).mine[0]?.unread).toBe(0);
  });
});

describe('the beacon of entries', () => {
  const heads = (told: Record<string, number>): AgentEvent => ({ type: 'heads', heads: told });
  const state = aWorkspace({ mine: [anItem()], heard: { c1: 8 } });

  it('asks for the snapshot when it tells of more than was heard in what is held', () => {
    expect(foldWorkspace(state, heads({ c1: 9 }))).toEqual({ state, gap: true });
    expect(foldWorkspace(state, heads({ c1: 8 })).gap).toBe(false);
    expect(foldWorkspace(state, heads({ other: 9 })).gap).toBe(false);
  });

  it('of several tellings the highest counts', () => {
    expect(highest({ a: 3, b: 5 }, { a: 4, b: 2, c: 1 })).toEqual({ a: 4, b: 5, c: 1 });
  });
});

describe('the order of work', () => {
  it('of mine is by deadline, then by who waits longest, parked last', () => {
    const rows = [
      anItem({ engagement_id: 'parked', state: 'parked', due_at: at(1) }),
      anItem({ engagement_id: 'answered', last_author: 'agent' }),
      anItem({ engagement_id: 'asked late', last_author: 'visitor', last_at: at(9) }),
      anItem({ engagement_id: 'asked early', last_author: 'visitor', last_at: at(3) }),
      anItem({ engagement_id: 'due late', due_at: at(50) }),
      anItem({ engagement_id: 'due soon', due_at: at(20) }),
    ];
    expect(mineByDeadline(aWorkspace({ mine: rows })).map((item) => item.engagement_id)).toEqual([
      'due soon',
      'due late',
      'asked early',
      'asked late',
      'answered',
      'parked',
    ]);
  });

  it('of the queues together is who waits longest', () => {
    const queue = (id: string, minute: number) => ({
      id,
      site_id: 's1',
      name: id,
      waiting: 1,
      longest_waiting_since: null,
      items: [anItem({ engagement_id: id, state: 'queued', waiting_since: at(minute) })],
    });
    const state = aWorkspace({ queues: [queue('b', 5), queue('a', 2)] });
    expect(waitingItems(state).map((item) => item.engagement_id)).toEqual(['a', 'b']);
  });
});
