import { describe, expect, it } from 'vitest';
import type { WorkItem } from '@engage/client/src/agent';
import { anItem } from '../../state/fixtures';
import { pressureOf } from './deadline';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();

const pressure = (item: WorkItem, now: number) => pressureOf(item, now, 180_000);

describe('the pressure of a row', () => {
  const promised = anItem({ waiting_since: at(0), due_at: at(100) });

  it('by a promise is calm at first, near after two thirds, a breach at the end', () => {
    expect(pressure(promised, 10_000)).toEqual({ kind: 'deadline', tone: 'calm', used: 0.1, ms: 90_000 });
    expect(pressure(promised, 70_000)?.tone).toBe('near');
    expect(pressure(promised, 100_000)).toEqual({ kind: 'deadline', tone: 'breach', used: 1, ms: 0 });
    expect(pressure(promised, 130_000)?.ms).toBe(-30_000);
  });

  it('is the end of the wrap-up while wrapping up, whatever else was promised', () => {
    const wrapping = anItem({
      state: 'wrapping_up',
      state_since: at(0),
      wrap_up_until: at(60),
      due_at: at(5),
    });
    expect(pressure(wrapping, 30_000)).toEqual({ kind: 'deadline', tone: 'calm', used: 0.5, ms: 30_000 });
  });

  it('without a promise is the wait for an answer, in the measure of the channel', () => {
    const asked = anItem({ last_author: 'visitor', last_at: at(0) });
    expect(pressure(asked, 45_000)).toEqual({ kind: 'wait', tone: 'calm', used: 0.25, ms: 45_000 });
    expect(pressure(asked, 200_000)?.tone).toBe('breach');
    expect(pressureOf(asked, 200_000, 86_400_000)?.tone).toBe('calm');
  });

  it('is none once answered, parked or closed', () => {
    expect(pressure(anItem({ last_author: 'agent', last_at: at(0) }), 500_000)).toBeNull();
    expect(pressure(anItem({ state: 'parked', due_at: at(1) }), 500_000)).toBeNull();
    expect(pressure(anItem({ state: 'closed', waiting_since: at(0) }), 500_000)).toBeNull();
  });
});
