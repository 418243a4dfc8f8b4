import { memoryKeeper } from '@engage/client';
import { describe, expect, it } from 'vitest';
import { createNotices } from '../../../state/notices';
import { createPostings, nothingTyped, usualPosting } from '../../../state/postings';
import { takesCopies } from './send_mail';

/** A desk where copies were typed and not yet taken in. */
function aDesk(cc: string, bcc: string) {
  const notices = createNotices();
  const postings = createPostings(memoryKeeper(), 'anna');
  const typed = { cc: { text: cc, isWrong: false }, bcc: { text: bcc, isWrong: false } };
  postings('c1').set({ ...usualPosting, typed });
  return { desk: { notices, postings }, said: () => notices.store.get().map(({ text }) => text) };
}

describe('copies that still stand in their fields', () => {
  it('are taken in when the answer is sent', () => {
    const { desk, said } = aDesk('Lee <lee@home.example>', 'bo@home.example');

    expect(takesCopies(desk, 'c1')).toBe(true);

    expect(desk.postings('c1').get()).toEqual({
      ...usualPosting,
      cc: ['lee@home.example'],
      bcc: ['bo@home.example'],
    });
    expect(said()).toEqual([]);
  });

  it('hold it back, and stay there, when they cannot be read', () => {
    const { desk, said } = aDesk('lee@home.example, kim.home.example', '');

    expect(takesCopies(desk, 'c1')).toBe(false);

    expect(desk.postings('c1').get()).toEqual({
      ...usualPosting,
      cc: ['lee@home.example'],
      typed: { cc: { text: 'kim.home.example', isWrong: true }, bcc: nothingTyped },
    });
    expect(said()).toEqual(['Not sent: “kim.home.example” is not an e-mail address.']);
  });
});
