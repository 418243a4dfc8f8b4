import { memoryKeeper } from '@engage/client';
import { describe, expect, it } from 'vitest';
import { createExtras, noExtras, readyUpload } from './extras';
import { createPostings, usualPosting } from './postings';

const file = {
  id: 'f1',
  name: 'bill.pdf',
  size: 9,
  content_type: 'application/pdf',
  width: null,
  height: null,
};

describe('what goes with an answer', () => {
  it('outlives a reload, for its agent and its conversation only', () => {
    const keeper = memoryKeeper();
    const posting = { ...usualPosting, cc: ['lee@home.example'], subject: 'Your bill' };
    createPostings(keeper, 'anna')('c1').set(posting);

    expect(createPostings(keeper, 'anna')('c1').get()).toEqual(posting);
    expect(createPostings(keeper, 'anna')('c2').get()).toEqual(usualPosting);
    expect(createPostings(keeper, 'ben')('c1').get()).toEqual(usualPosting);
  });

  it('leaves nothing behind when it is as usual again', () => {
    const keeper = memoryKeeper();
    const store = createPostings(keeper, 'anna')('c1');
    store.set({ ...usualPosting, quoted: false });
    expect(keeper.keys('')).toHaveLength(1);
    store.set(usualPosting);
    expect(keeper.keys('')).toEqual([]);
  });

  it('keeps the files that the server has, for as long as it keeps them', () => {
    const keeper = memoryKeeper();
    const loading = { ...readyUpload(file), key: 'u2', state: { is: 'uploading', share: 0.5 } } as const;
    createExtras(keeper, 'anna', () => 0)('c1').set({ uploads: [readyUpload(file), loading], article: null });

    const later = (hours: number) => createExtras(keeper, 'anna', () => hours * 3_600_000)('c1').get();
    expect(later(1).uploads).toEqual([readyUpload(file)]);
    expect(later(24)).toEqual(noExtras);
  });

  it('starts anew where what was kept cannot be read', () => {
    const keeper = memoryKeeper({
      'engage.console.posting.anna.c1': '{',
      'engage.console.extras.anna.c1': '7',
    });
    expect(createPostings(keeper, 'anna')('c1').get()).toEqual(usualPosting);
    expect(createExtras(keeper, 'anna')('c1').get()).toEqual(noExtras);
  });
});
