import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { platform: 'Linux' });
const { isSingleKey, matches } = await import('./action');

const press = (key: string, change = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('a shortcut', () => {
  it('of a letter ignores its case, and never answers to Ctrl or Alt', () => {
    expect(matches('T', press('t'))).toBe(true);
    expect(matches('T', press('t', { ctrlKey: true }))).toBe(false);
    expect(matches('T', press('t', { altKey: true }))).toBe(false);
  });

  it('with Mod is Ctrl or Command', () => {
    expect(matches('Mod+K', press('k', { ctrlKey: true }))).toBe(true);
    expect(matches('Mod+K', press('k', { metaKey: true }))).toBe(true);
    expect(matches('Mod+K', press('k'))).toBe(false);
  });

  it('with Shift needs it; a sign has it already', () => {
    expect(matches('Shift+E', press('E', { shiftKey: true }))).toBe(true);
    expect(matches('Shift+E', press('e'))).toBe(false);
    expect(matches('?', press('?', { shiftKey: true }))).toBe(true);
  });

  it('is a single key unless it has Mod', () => {
    expect([isSingleKey('Enter'), isSingleKey('Mod+Enter')]).toEqual([true, false]);
  });
});
