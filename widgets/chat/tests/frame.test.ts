import type { DownMessage } from '@engage/client';
import { afterEach, expect, test, vi } from 'vitest';
import { connectHost } from '../src/frame/host';
import { keptByHost } from '../src/frame/keeper';

afterEach(() => vi.unstubAllGlobals());

test('what the page said before there was an engine is heard by it, whoever listened to what is kept', () => {
  const parent = { postMessage: () => {} };
  let arrive: (event: unknown) => void = () => {};
  vi.stubGlobal('window', {
    parent,
    opener: null,
    addEventListener: (_: string, listener: typeof arrive) => void (arrive = listener),
  });
  const host = connectHost(['https://shop.example']);
  const port: { onmessage?: (event: { data: DownMessage }) => void; postMessage: () => void } = {
    postMessage: () => {},
  };
  arrive({
    source: parent,
    origin: 'https://shop.example',
    ports: [port],
    data: { type: 'engage:connect' },
  });
  const kept: unknown[] = [];
  const heard: string[] = [];
  host.onKept((changes) => kept.push(changes));

  port.onmessage?.({ data: { type: 'kept', changes: { token: 't' } } });
  port.onmessage?.({ data: { type: 'locale', locale: 'de' } });
  port.onmessage?.({ data: { type: 'open', view: null } });
  host.onMessage((message) => heard.push(message.type));

  expect([kept, heard]).toEqual([[{ token: 't' }], ['locale', 'open']]);
});

test('each change is told alone, and what another tab changed is learnt', () => {
  const told: unknown[] = [];
  const { keeper, hear } = keptByHost({ token: 't' }, (changes) => told.push(changes));
  const changed: string[] = [];
  keeper.onOtherTab((key) => changed.push(key));

  keeper.write('out:a', '1');
  keeper.remove('out:a');
  hear({ token: null, 'out:b': '2' });

  expect(told).toEqual([{ 'out:a': '1' }, { 'out:a': null }]);
  expect([keeper.read('token'), keeper.read('out:b'), changed]).toEqual([null, '2', ['token', 'out:b']]);
});
