import { memoryKeeper } from '@engage/client';
import { describe, expect, it } from 'vitest';
import { createDrafts, emptyDraft, textOf, withTab, withTakenBack, withText } from './drafts';

describe('a draft', () => {
  it('keeps note and reply apart, so that one never becomes the other', () => {
    const note = withText(withTab(emptyDraft, 'note'), 'only for us', 3);
    expect(textOf(withTab(note, 'reply'))).toBe('');
    expect(textOf(withTab(withTab(note, 'reply'), 'note'))).toBe('only for us');
  });

  it('remembers what had been said when the reply was begun, until it is empty again', () => {
    const begun = withText(withText(emptyDraft, 'a', 3), 'ab', 8);
    expect(begun.reply_begun_at).toBe(3);
    expect(withText(withText(begun, '', 9), 'c', 9).reply_begun_at).toBe(9);
  });

  it('puts a message that was taken back in front of what was written since', () => {
    expect(withTakenBack(withText(emptyDraft, 'later', 1), 'reply', 'first').reply).toBe('first\nlater');
  });

  it('survives a reload and leaves nothing behind when it is sent', () => {
    const keeper = memoryKeeper();
    createDrafts(keeper, 'me')
      .of('c1')
      .set(withText(emptyDraft, 'half a', 1));
    const after = createDrafts(keeper, 'me').of('c1');
    expect(after.get().reply).toBe('half a');
    after.set(emptyDraft);
    expect(keeper.keys('')).toEqual([]);
  });

  it('that cannot be read is an empty one', () => {
    const keeper = memoryKeeper({ 'engage.console.draft.me.c1': '{' });
    expect(createDrafts(keeper, 'me').of('c1').get()).toEqual(emptyDraft);
  });
});
