import { describe, expect, test } from 'vitest';
import { withLive } from './found';
import { anItem } from './fixtures';

const asked = { sort: 'newest' as const, state: 'open' };

describe('the list of everything', () => {
  test('changes its rows where they stand and takes in new ones', () => {
    const [first, second, third] = ['e1', 'e2', 'e3'].map((engagement_id) => anItem({ engagement_id }));
    const answered = { ...first!, unread: 7 };

    const rows = withLive([second!, first!], [answered, third!], asked, 0);

    expect(rows.map(({ engagement_id, unread }) => [engagement_id, unread])).toEqual([
      ['e3', third!.unread],
      ['e2', second!.unread],
      ['e1', 7],
    ]);
  });

  test('lets go what does not fit any more', () => {
    const one = anItem({ engagement_id: 'e1', state: 'queued' });

    expect(withLive([one], [{ ...one, state: 'active' }], { ...asked, state: 'queued' }, 0)).toEqual([]);
  });
});
