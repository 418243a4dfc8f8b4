import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localKeeper, type Keeper } from '../src/keeper';

let room: number;
let stored: Map<string, string>;
let keeper: Keeper;

/** Object.keys of a storage are its entries, so this one keeps them as its own properties too. */
function aStorage(): object {
  const storage: Record<string, unknown> = {};
  const methods = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      if (!stored.has(key) && stored.size >= room) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
      storage[key] = value;
    },
    removeItem(key: string) {
      stored.delete(key);
      delete storage[key];
    },
  };
  return Object.setPrototypeOf(storage, methods) as object;
}

beforeEach(() => {
  room = 1;
  stored = new Map();
  vi.stubGlobal('window', { localStorage: aStorage(), addEventListener: () => {} });
  const made = localKeeper();
  if (!made) throw new Error('no keeper');
  keeper = made;
});
afterEach(() => vi.unstubAllGlobals());

test('what does not fit into the quota is read back all the same', () => {
  keeper.write('out:a', 'first');
  keeper.write('out:b', 'second');

  expect([keeper.read('out:b'), keeper.keys('out:')]).toEqual(['second', ['out:a', 'out:b']]);
});

test('it is stored as soon as there is room', () => {
  keeper.write('draft', 'long');
  keeper.write('out:b', 'second');
  keeper.remove('draft');

  expect(stored.get('out:b')).toBe('second');
});

test('what was removed stays removed', () => {
  keeper.write('draft', 'long');
  keeper.write('out:b', 'second');
  keeper.remove('out:b');
  keeper.remove('draft');

  expect([keeper.read('out:b'), keeper.keys('')]).toEqual([null, []]);
});
