import { expect, test, vi } from 'vitest';
import { inkOn } from '../src/colour';
import { eventHub } from '../src/events';
import { changesBetween, note, withChanges } from '../src/memory';
import { plainUrl, visited } from '../src/trail';

test('an address is told without what may be secret in it', () => {
  expect(plainUrl('https://user:pw@shop.example/plans?token=secret#access_token=x')).toBe(
    'https://shop.example/plans',
  );
  expect(plainUrl('https://shop.example/app#/bills/7?key=1')).toBe('https://shop.example/app#/bills/7');
});

test('the trail keeps one line for a page, with its latest title, and the last thirty', () => {
  const once = visited([], { url: 'https://a.example/', title: 'Loading' }, '1');
  const twice = visited(once, { url: 'https://a.example/', title: 'Plans' }, '2');
  expect(twice).toEqual([{ url: 'https://a.example/', title: 'Plans', at: '1' }]);

  const many = Array.from({ length: 50 }, (_, at) => String(at)).reduce(
    (trail, at) => visited(trail, { url: `https://a.example/${at}`, title: at }, at),
    twice,
  );
  expect([many.length, many.at(-1)?.title]).toEqual([30, '49']);
});

test('one listener that fails does not stop the others', () => {
  const failures: unknown[] = [];
  vi.stubGlobal('reportError', (failure: unknown) => failures.push(failure));
  const hub = eventHub();
  const counts: number[] = [];
  hub.on('unread', () => {
    throw new Error('host mistake');
  });
  const off = hub.on('unread', ({ count }) => counts.push(count));

  hub.emit('unread', { count: 3 });
  off();
  hub.emit('unread', { count: 4 });

  expect([counts, failures.length]).toEqual([[3], 2]);
});

test('the launcher takes black or white, whichever reads better', () => {
  expect([inkOn('#2457d6'), inkOn('#ffd400'), inkOn('not a colour')]).toEqual(['#fff', '#111', '#fff']);
});

test('tabs that keep for their frames change only what is theirs', () => {
  const before = { token: 't', 'out:a': '1', 'draft:x': 'half' };
  const after = withChanges(before, { 'out:b': '2', 'draft:x': null, 'out:a': '3' });

  expect(after).toEqual({ token: 't', 'out:a': '3', 'out:b': '2' });
  expect(changesBetween(before, after)).toEqual({ 'out:b': '2', 'draft:x': null, 'out:a': '3' });
});

test('a note that does not fit is remembered for this page', () => {
  const storage = {
    getItem: () => '"old"',
    setItem: () => {
      throw new Error('full');
    },
  };
  vi.stubGlobal('window', { localStorage: storage });
  const name = note('localStorage', 'name', '');
  name.set('new');

  expect(name.get()).toBe('new');
  vi.unstubAllGlobals();
});
