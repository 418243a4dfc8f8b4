import { describe, expect, it } from 'vitest';
import { laterTimes } from './later_times';

const named = (now: Date) => Object.fromEntries(laterTimes(now).map(({ name, at }) => [name, at]));

describe('times to send later', () => {
  it('are hours of work, and none is past', () => {
    const friday = new Date(2026, 10, 20, 10, 30);
    const times = named(friday);
    expect(times.in_an_hour).toEqual(new Date(2026, 10, 20, 11, 30));
    expect(times.this_afternoon).toEqual(new Date(2026, 10, 20, 15));
    expect(times.tomorrow).toEqual(new Date(2026, 10, 21, 9));
    expect(times.monday).toEqual(new Date(2026, 10, 23, 9));
  });

  it('name no time twice', () => {
    const sundayEvening = named(new Date(2026, 10, 22, 20));
    expect(sundayEvening.this_afternoon).toBeUndefined();
    expect(sundayEvening.monday).toBeUndefined();
    expect(named(new Date(2026, 10, 23, 8)).monday).toEqual(new Date(2026, 10, 30, 9));
  });
});
