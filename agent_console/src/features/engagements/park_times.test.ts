import { describe, expect, it } from 'vitest';
import { parkTimes } from './park_times';

// 2026-01-05 is a Monday; all in the zone of the machine, as the agent would read them.
const at = (day: number, hour: number) => new Date(2026, 0, day, hour);
const choices = (now: Date) => parkTimes(now).map((time) => time.choice);
const until = (now: Date, choice: string) => parkTimes(now).find((time) => time.choice === choice)?.until;

describe('park times', () => {
  it('offer the afternoon only while it is well ahead', () => {
    expect(choices(at(6, 9))).toContain('afternoon');
    expect(choices(at(6, 12))).not.toContain('afternoon');
  });

  it('mean the next Monday, from a Monday the one in a week', () => {
    expect(until(at(7, 10), 'next_week')).toBe(at(12, 9).toISOString());
    expect(until(at(5, 10), 'next_week')).toBe(at(12, 9).toISOString());
  });

  it('do not say the same moment twice on a Sunday', () => {
    expect(choices(at(11, 10))).not.toContain('next_week');
    expect(until(at(11, 10), 'tomorrow')).toBe(at(12, 9).toISOString());
  });
});
