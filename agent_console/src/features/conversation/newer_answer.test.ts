import { describe, expect, it } from 'vitest';
import { emptyDraft, withText } from '../../state/drafts';
import { anEntry } from '../../state/fixtures';
import { newerAnswer } from './newer_answer';

const colleague = { kind: 'agent' as const, id: 'other', name: 'A colleague', picture: null };

describe('a newer answer', () => {
  const draft = withText(emptyDraft, 'my reply', 2);

  it('is one a colleague gave after the reply was begun', () => {
    const entries = [anEntry(1), anEntry(2), anEntry(3, { author: colleague })];
    expect(newerAnswer(draft, entries, { id: 'me', read_seq: 9 })).toBe('A colleague');
  });

  it('is not one from before, a note, my own, or the visitor speaking on', () => {
    const entries = [
      anEntry(2, { author: colleague }),
      anEntry(3, { author: colleague, kind: 'note', audience: 'agents' }),
      anEntry(4, { author: { ...colleague, id: 'me' } }),
      anEntry(5),
    ];
    expect(newerAnswer(draft, entries, { id: 'me', read_seq: 9 })).toBeNull();
  });

  it('is also what the visitor wrote where the agent has not looked', () => {
    const entries = [anEntry(1), anEntry(5)];
    expect(newerAnswer(draft, entries, { id: 'me', read_seq: 4 })).toBe('A visitor');
  });

  it('does not matter to a note', () => {
    expect(
      newerAnswer({ ...draft, tab: 'note' }, [anEntry(3, { author: colleague })], { id: 'me', read_seq: 9 }),
    ).toBeNull();
  });
});
