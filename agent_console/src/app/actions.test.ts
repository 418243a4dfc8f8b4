import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { platform: 'Linux' });
const { actions } = await import('./actions');

describe('the list of actions', () => {
  it('names each action and each shortcut once', () => {
    const ids = actions.map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = actions.flatMap((action) => action.shortcut?.toLowerCase() ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
