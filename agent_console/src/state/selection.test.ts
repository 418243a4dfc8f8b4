import { describe, expect, it } from 'vitest';
import { anItem } from './fixtures';
import { allOf, NOTHING, reached, refreshed, stepped, toggled, without, type Selection } from './selection';

const row = (id: string) => anItem({ engagement_id: id, conversation_id: `c-${id}` });
const LIST = ['a', 'b', 'c', 'd', 'e'].map(row);
const idsOf = ({ items }: Selection) => [...items.keys()].sort().join('');

describe('a selection of rows', () => {
  it('takes a row in and lets it go again', () => {
    const one = toggled(NOTHING, row('b'));

    expect(idsOf(one)).toBe('b');
    expect(idsOf(toggled(one, row('b')))).toBe('');
  });

  it('reaches from the row chosen last, both ways, and keeps what was chosen apart', () => {
    const begun = toggled(toggled(NOTHING, row('a')), row('c'));

    const down = reached(begun, LIST, 'e');
    const up = reached(down, LIST, 'b');

    expect(idsOf(down)).toBe('acde');
    expect(idsOf(up)).toBe('abc');
  });

  it('is one row where a range has no beginning', () => {
    expect(idsOf(reached(NOTHING, LIST, 'd'))).toBe('d');
  });

  it('grows and shrinks row by row from where the agent stands, and stops at the ends', () => {
    const two = stepped(NOTHING, LIST, 1, 3);
    const still = stepped(two, LIST, 1, 0);
    const back = stepped(still, LIST, -1, 0);

    expect(idsOf(two)).toBe('de');
    expect(idsOf(still)).toBe('de');
    expect(idsOf(back)).toBe('d');
    expect(idsOf(stepped(NOTHING, LIST, 1, -1))).toBe('a');
    expect(stepped(NOTHING, [], 1, -1)).toBe(NOTHING);
  });

  it('survives another order, and takes the new facts', () => {
    const two = reached(toggled(NOTHING, row('a')), LIST, 'b');
    const parked = anItem({ ...row('a'), state: 'parked' });

    const after = refreshed(two, [row('e'), row('b'), parked], true);

    expect(idsOf(after)).toBe('ab');
    expect(after.items.get('a')?.state).toBe('parked');
    expect(refreshed(after, [...after.items.values()], true)).toBe(after);
  });

  it('forgets what has left the list, once the whole list is known', () => {
    const all = allOf(LIST);

    expect(idsOf(refreshed(all, LIST.slice(0, 2), true))).toBe('ab');
    expect(idsOf(refreshed(all, LIST.slice(0, 2), false))).toBe('abcde');
  });

  it('keeps what could not be done', () => {
    const all = allOf(LIST);

    expect(idsOf(without(all, new Set(['a', 'c', 'e'])))).toBe('bd');
    expect(without(all, new Set(['x']))).toBe(all);
  });
});
