import { describe, expect, it } from 'vitest';
import { moved, type Place, type Step } from './tree';

const row = (id: string, parent_id: string | null = null): Place => ({ id, parent_id });
const ROWS = [
  row('bill'),
  row('refund', 'bill'),
  row('granted', 'refund'),
  row('wrong', 'bill'),
  row('other'),
];

const drawn = (rows: readonly Place[] | null) => rows?.map(({ id, parent_id }) => `${parent_id ?? ''}>${id}`);
const after = (id: string, step: Step) => drawn(moved(ROWS, id, step));

describe('a step of a row takes along all that is below it', () => {
  it('up and down among those of the same kind', () => {
    expect(after('other', 'up')).toEqual(['>other', '>bill', 'bill>refund', 'refund>granted', 'bill>wrong']);
    expect(after('refund', 'down')).toEqual([
      '>bill',
      'bill>wrong',
      'bill>refund',
      'refund>granted',
      '>other',
    ]);
    expect([after('bill', 'up'), after('other', 'down')]).toEqual([undefined, undefined]);
  });

  it('in below the one before it, and out behind the one it was below', () => {
    expect(after('other', 'in')?.at(-1)).toBe('bill>other');
    expect(after('refund', 'out')).toEqual(['>bill', 'bill>wrong', '>refund', 'refund>granted', '>other']);
    expect([after('bill', 'out'), after('refund', 'in')]).toEqual([undefined, undefined]);
  });

  it('never deeper than three', () => {
    const deep = [row('top'), ...ROWS];
    expect(moved(deep, 'bill', 'in')).toBeNull();
    expect(drawn(moved(ROWS, 'wrong', 'in'))?.[3]).toBe('refund>wrong');
  });
});
