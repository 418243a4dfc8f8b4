import { describe, expect, test } from 'vitest';
import type { Action } from '../src/state/actions';
import { reduce } from '../src/state/reduce';
import { runningIn, shownConversation, totalUnread } from '../src/state/selectors';
import { startState, type State } from '../src/state/state';
import { aSummary, aView, anEntry, byVisitor } from './fixtures';

const after = (state: State, ...actions: Action[]) => actions.reduce(reduce, state);
const loaded = (...entries: Parameters<typeof aView>[0]) =>
  reduce(startState({}), { type: 'conversation_loaded', view: aView(entries) });
const seqs = (state: State) => state.conversations.c1?.timeline?.entries.map(({ seq }) => seq);

describe('a conversation', () => {
  test('takes a pushed entry once, whoever else tells of it', () => {
    const entry = anEntry({ seq: 2 });
    const state = after(
      loaded(anEntry({ seq: 1 })),
      { type: 'entry_added', id: 'c1', entry },
      { type: 'entry_added', id: 'c1', entry },
    );

    expect(seqs(state)).toEqual([1, 2]);
    expect(state.conversations.c1?.summary.last_text).toBe('text 2');
  });

  test('joins a fresh snapshot to what it has, and keeps older entries', () => {
    const before = loaded(anEntry({ seq: 1 }), anEntry({ seq: 2 }));

    const state = reduce(before, {
      type: 'conversation_loaded',
      view: aView([anEntry({ seq: 2 }), anEntry({ seq: 3 })], { more: true }),
    });

    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.conversations.c1?.timeline?.more).toBe(false);
  });

  test('keeps what an event told when an older answer arrives after it', () => {
    const anna = { id: 'a1', name: 'Anna', picture: null };
    const queued = aView([anEntry({ seq: 1 })], { state: 'queued', position: 1 });
    const state = after(
      loaded(anEntry({ seq: 1 })),
      { type: 'entry_added', id: 'c1', entry: anEntry({ seq: 2 }) },
      {
        type: 'conversation_changed',
        change: {
          conversation: aSummary({ state: 'active', head: 2, agent: anna }),
          position: null,
          expected_wait_seconds: null,
          expected_wait: null,
        },
      },
      { type: 'conversation_loaded', view: queued },
    );

    expect(state.conversations.c1?.summary.agent).toEqual(anna);
    expect(state.conversations.c1?.position).toBeNull();
    expect(seqs(state)).toEqual([1, 2]);
  });

  test('starts anew from a snapshot that does not reach what it has', () => {
    const state = reduce(loaded(anEntry({ seq: 1 })), {
      type: 'conversation_loaded',
      view: aView([anEntry({ seq: 700 })], { more: true }),
    });

    expect(seqs(state)).toEqual([700]);
  });

  test('counts as unread what somebody else said beyond the cursor, and not what happened', () => {
    const joined = anEntry({
      seq: 1,
      kind: 'state',
      details: {
        type: 'state',
        state: 'joined',
        agent_name: 'Anna',
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
        instead: [],
      },
    });
    const state = loaded(joined, anEntry({ seq: 2 }), anEntry({ seq: 3, author: byVisitor }));

    expect(totalUnread(state)).toBe(1);
    const read = reduce(state, {
      type: 'cursor_moved',
      move: { conversation_id: 'c1', by: 'visitor', delivered_seq: 3, read_seq: 3 },
    });
    expect(totalUnread(read)).toBe(0);
  });

  test('counts pushes of a conversation nobody has opened yet', () => {
    const me = {
      visitor: { id: 'v1', name: null, email: null },
      conversations: [aSummary({ head: 4, unread: 1 })],
    };

    const state = after(
      startState({}),
      { type: 'me_loaded', me },
      { type: 'entry_added', id: 'c1', entry: anEntry({ seq: 5 }) },
    );

    expect(totalUnread(state)).toBe(2);
  });

  test('never moves a cursor back', () => {
    const move = (read_seq: number): Action => ({
      type: 'cursor_moved',
      move: { conversation_id: 'c1', by: 'agent', delivered_seq: read_seq, read_seq },
    });

    const state = after(loaded(anEntry({ seq: 1 })), move(5), move(2));

    expect(state.conversations.c1?.theirs).toEqual({ delivered_seq: 5, read_seq: 5 });
  });

  test('stops showing that somebody types when his message is there', () => {
    const state = after(
      loaded(),
      { type: 'typed', id: 'c1', name: 'Anna' },
      { type: 'entry_added', id: 'c1', entry: anEntry({ seq: 1 }) },
    );

    expect(state.conversations.c1?.typing).toBeNull();
  });

  test('hears from the beacon that an entry was lost', () => {
    const state = reduce(loaded(anEntry({ seq: 1 })), { type: 'heads_learned', heads: { c1: 3, other: 9 } });

    expect(state.conversations.c1?.timeline?.known).toBe(3);
  });

  test('puts the divider where reading stopped, and takes it away when the visitor writes', () => {
    const there = after(
      loaded(anEntry({ seq: 1 })),
      { type: 'went', route: { view: 'conversation', id: 'c1' } },
      { type: 'opened' },
    );
    expect(there.conversations.c1?.divider).toBe(0);

    expect(reduce(there, { type: 'wrote', id: 'c1' }).conversations.c1?.divider).toBeNull();
  });

  test('is over when it is closed or left, and running otherwise', () => {
    const running = (state: 'queued' | 'active' | 'parked' | 'closed' | 'abandoned') =>
      runningIn(reduce(startState({}), { type: 'conversation_loaded', view: aView([], { state }) })).length;

    expect((['queued', 'active', 'parked', 'closed', 'abandoned'] as const).map(running)).toEqual([
      1, 1, 1, 0, 0,
    ]);
  });
});

describe('the way through the views', () => {
  const there: Action = { type: 'went', route: { view: 'contact', channel: 'webchat' } };
  const talk: Action = { type: 'went', route: { view: 'conversation', id: 'c1' } };

  test('leads back step by step, and home in the end', () => {
    const article: Action = { type: 'went', route: { view: 'article', slug: 'a' } };
    const state = after(startState({}), article, there, { type: 'went_back' });

    expect(state.route.view).toBe('article');
    expect(after(state, { type: 'went_back' }, { type: 'went_back' }).route.view).toBe('home');
  });

  test('does not lead back to a form that has become a conversation', () => {
    const state = after(startState({}), there, talk, { type: 'went_back' });

    expect(state.route.view).toBe('home');
  });

  test('ends at home when the server does not know the visitor any more', () => {
    const state = after(loaded(anEntry({ seq: 1 })), talk, { type: 'nobody' });

    expect(state.route.view).toBe('home');
    expect(state.conversations).toEqual({});
  });

  test('shows a conversation only while the panel is open', () => {
    const state = after(loaded(anEntry({ seq: 1 })), talk);

    expect(shownConversation(state)).toBeNull();
    expect(shownConversation(reduce(state, { type: 'opened' }))?.summary.id).toBe('c1');
  });
});
