import { describe, expect, test } from 'vitest';
import { applyEntries, applyEntry, learnHead, missingIn, prependOlder, timelineOf } from '../src/timeline';

const entry = (seq: number) => ({ seq });
const numbers = (timeline: { entries: readonly { seq: number }[] }) => timeline.entries.map(({ seq }) => seq);
const three = () => timelineOf([entry(1), entry(2), entry(3)], 3, false);

describe('a timeline', () => {
  test('applies the next number', () => {
    expect(numbers(applyEntry(three(), entry(4)))).toEqual([1, 2, 3, 4]);
  });

  test('ignores what it knows, and stays the same object', () => {
    const timeline = three();

    expect(applyEntry(timeline, entry(2))).toBe(timeline);
  });

  test('holds back what came too early and asks for the gap', () => {
    const timeline = applyEntry(three(), entry(6));

    expect(numbers(timeline)).toEqual([1, 2, 3]);
    expect(missingIn(timeline)).toEqual({ kind: 'entries', after_seq: 3 });
  });

  test('lets the held ones follow when the gap is filled', () => {
    const timeline = applyEntries(applyEntry(three(), entry(6)), [entry(4), entry(5)]);

    expect(numbers(timeline)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(missingIn(timeline)).toEqual({ kind: 'nothing' });
    expect(timeline.held).toEqual([]);
  });

  test('learns from a beacon that something was lost', () => {
    expect(missingIn(learnHead(three(), 4))).toEqual({ kind: 'entries', after_seq: 3 });
    expect(missingIn(learnHead(three(), 2))).toEqual({ kind: 'nothing' });
  });

  test('asks for a snapshot when very much is missing', () => {
    expect(missingIn(learnHead(three(), 504))).toEqual({ kind: 'snapshot' });
  });

  test('puts older entries before, once', () => {
    const newest = timelineOf([entry(3), entry(4)], 4, true);
    const page = { items: [entry(1), entry(2), entry(3)], head: 4, more: false };

    const whole = prependOlder(newest, page);

    expect(numbers(whole)).toEqual([1, 2, 3, 4]);
    expect(whole.more).toBe(false);
  });

  test('is dense and complete whatever the order and however often things arrive', () => {
    for (let round = 0; round < 200; round += 1) {
      const arriving = Array.from({ length: 40 }, (_, at) => entry((at % 20) + 1));
      arriving.sort(() => Math.random() - 0.5);

      const timeline = arriving.reduce(applyEntry, timelineOf<{ seq: number }>([], 0, false));

      expect(numbers(timeline)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    }
  });
});
