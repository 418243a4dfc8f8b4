import { describe, expect, it } from 'vitest';
import { countdown, daysApart, lasting } from './time_words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a duration', () => {
  it.each([
    [-5, '0 s'],
    [42_000, '42 s'],
    [3 * MINUTE + 59_000, '3 min'],
    [2 * HOUR, '2 h'],
    [2 * HOUR + 7 * MINUTE, '2 h 7 min'],
    [30 * HOUR, '30 h'],
    [72 * HOUR, '3 days'],
  ])('of %i ms is said as %s', (ms, words) => {
    expect(lasting(ms)).toBe(words);
  });

  it('that runs out is counted in minutes and seconds', () => {
    expect([countdown(65_000), countdown(5_000), countdown(-61_000), countdown(2 * HOUR)]).toEqual([
      '1:05',
      '0:05',
      '1:01',
      '2 h',
    ]);
  });
});

describe('days apart', () => {
  it('are calendar days, not 24 hours', () => {
    const late = new Date(2026, 0, 5, 23, 59).getTime();
    const early = new Date(2026, 0, 6, 0, 1).getTime();
    expect(daysApart(late, early)).toBe(1);
    expect(daysApart(early, late)).toBe(-1);
  });
});
