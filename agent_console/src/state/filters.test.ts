import { describe, expect, it } from 'vitest';
import { anItem } from './fixtures';
import { filtersText, inOrder, matchesFilters, narrows, parseFilters } from './filters';

const NOW = Date.parse('2026-03-02T09:00:00Z');

describe('filters', () => {
  it('stand in the address there and back', () => {
    const filters = {
      queue_id: 'q1',
      agent: 'nobody',
      waiting_minutes: 5,
      unread: true,
      sort: 'newest',
    } as const;
    expect(parseFilters(filtersText(filters))).toEqual(filters);
    expect(filtersText({})).toBeUndefined();
  });

  it('drop what nobody could have chosen', () => {
    expect(parseFilters('waiting_minutes=-3&sort=x&unread=maybe&colour=red')).toEqual({});
    expect(narrows({ sort: 'newest' })).toBe(false);
  });

  it('narrow by queue, agent and wait', () => {
    const waiting = anItem({ state: 'queued', agent: null, waiting_since: '2026-03-02T08:50:00Z' });
    expect(matchesFilters(waiting, { agent: 'nobody', waiting_minutes: 9 }, NOW)).toBe(true);
    expect(matchesFilters(waiting, { waiting_minutes: 11 }, NOW)).toBe(false);
    expect(matchesFilters(waiting, { queue_id: 'another' }, NOW)).toBe(false);
  });

  it('sort by the longest wait, those who wait for nothing last', () => {
    const calm = anItem({ engagement_id: 'a', state: 'parked', waiting_since: null });
    const late = anItem({ engagement_id: 'b', state: 'queued', waiting_since: '2026-03-02T08:00:00Z' });
    const later = anItem({ engagement_id: 'c', state: 'queued', waiting_since: '2026-03-02T08:30:00Z' });
    expect(inOrder([calm, later, late], 'waiting')).toEqual([late, later, calm]);
  });
});
