import { expect, test } from 'vitest';
import { contrast, isColour, READABLE } from './contrast';

test('black on white is the most there is, and the order does not matter', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
});

test('yellow on white cannot be read', () => {
  expect(contrast('#ffd800', '#ffffff')).toBeLessThan(READABLE);
});

test('a colour has six digits', () => {
  expect(['#2f6f5e', '#2F6F5E', '#fff', 'red', '#2f6f5e;'].map(isColour)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
