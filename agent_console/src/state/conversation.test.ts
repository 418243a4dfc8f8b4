import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '@engage/client/src/agent';
import { foldConversation, fromConversation, mergeTrail, type LoadedConversation } from './conversation';
import { refreshed } from './conversation_keeper';
import { aConversation, anEntry, anItem } from './fixtures';

const entries = [anEntry(1), anEntry(2), anEntry(3)];
const view = fromConversation(aConversation({ entries, head: 3 }), null);
const fold = (from: LoadedConversation, event: AgentEvent) => foldConversation(from, event, 1000, 'me');
const added = (seq: number, change = {}): AgentEvent => ({
  type: 'entry_added',
  conversation_id: 'c1',
  entry: anEntry(seq, change),
});
const typing = (change = {}): AgentEvent => ({
  type: 'typing',
  author_id: 'somebody',
  conversation_id: 'c1',
  author_kind: 'visitor',
  name: 'A visitor',
  on: true,
  note: false,
  ...change,
});

describe('a loaded conversation', () => {
  it('marks where the unread begins, at the visitor’s words', () => {
    const agent = { kind: 'agent' as const, id: 'me', name: 'Me', picture: null };
    const loaded = aConversation({
      entries: [anEntry(1), anEntry(2, { author: agent }), anEntry(3)],
      head: 3,
      mine: { delivered_seq: 1, read_seq: 1 },
    });
    expect(fromConversation(loaded, null).unread_from).toBe(3);
  });

  it('keeps older pages when it is loaded again, and starts anew when too much is missing', () => {
    const again = refreshed(view, aConversation({ entries: [anEntry(3), anEntry(4)], head: 4, more: true }));
    expect(again.timeline.entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
    expect(again.timeline.more).toBe(false);
    const far = refreshed(view, aConversation({ entries: [anEntry(90)], head: 90, more: true }));
    expect(far.timeline.entries.map((entry) => entry.seq)).toEqual([90]);
  });
});

describe('an event', () => {
  it('of another conversation changes nothing', () => {
    expect(fold(view, { ...added(4), conversation_id: 'other' } as AgentEvent)).toBe(view);
  });

  it('with the next entry adds it and ends the typing', () => {
    const next = fold(fold(view, typing()), added(4));
    expect(next.timeline.head).toBe(4);
    expect(next.typing).toBeNull();
  });

  it('of typing tells the visitor from a colleague, and not myself', () => {
    expect(fold(view, typing()).typing).toEqual({ name: 'A visitor', note: false, until: 7000 });
    expect(fold(view, typing({ author_kind: 'agent', name: 'Other' })).colleague_typing?.name).toBe('Other');
    expect(fold(view, typing({ author_kind: 'agent', author_id: 'me', name: 'Me' }))).toBe(view);
    expect(fold(fold(view, typing()), typing({ on: false })).typing).toBeNull();
  });

  it('of a cursor only lets it grow', () => {
    const moved = { type: 'cursor_moved', conversation_id: 'c1', by: 'visitor' } as const;
    const read = fold(view, { ...moved, delivered_seq: 3, read_seq: 3 });
    expect(fold(read, { ...moved, delivered_seq: 2, read_seq: 1 }).theirs).toEqual({
      delivered_seq: 3,
      read_seq: 3,
    });
  });

  it('of the work reaches the conversation it is about', () => {
    const item = anItem({ state: 'closed' });
    const next = fold(view, { type: 'work_changed', work_seq: 9, item, removed: true });
    expect(next.facts.engagement?.state).toBe('closed');
  });
});

describe('the trail', () => {
  it('takes in only the steps that are new', () => {
    const step = (at: string) => ({
      kind: 'page' as const,
      at,
      url: 'a',
      title: null,
      query: null,
      slug: null,
    });
    const merged = mergeTrail([step('1'), step('2')], [step('2'), step('3')]);
    expect(merged.map((one) => one.at)).toEqual(['1', '2', '3']);
  });
});
