import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLine, type Line } from '../src/socket';

type Listener = (...values: unknown[]) => void;

const fake = vi.hoisted(() => {
  const listeners = new Map<string, (...values: unknown[]) => void>();
  return {
    listeners,
    connects: 0,
    answer: (): Promise<unknown> => Promise.resolve({ ok: true }),
    socket: {
      connected: false,
      on: (name: string, listener: Listener) => void listeners.set(name, listener),
      onAny: () => {},
      io: { on: () => {} },
      connect: () => void (fake.connects += 1),
      disconnect: () => void (fake.socket.connected = false),
      timeout: () => ({ emitWithAck: () => fake.answer() }),
    },
  };
});
vi.mock('socket.io-client', () => ({ io: () => fake.socket }));

const say = (name: string, ...values: unknown[]) => fake.listeners.get(name)?.(...values);
const refusal = (code: string) => Object.assign(new Error('refused'), { data: { code } });
const onNotAdmitted = vi.fn();
let line: Line<{ watch: { id: string } }>;

beforeEach(() => {
  vi.useFakeTimers();
  const page = { addEventListener: () => {}, removeEventListener: () => {}, visibilityState: 'visible' };
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', page);
  fake.connects = 0;
  fake.socket.connected = false;
  fake.answer = () => Promise.resolve({ ok: true });
  onNotAdmitted.mockReset();
  line = createLine({
    host: '',
    namespace: '/visitor',
    auth: async () => ({}),
    on: {},
    onState: () => {},
    onSync: () => {},
    onNotAdmitted,
    random: () => 0,
  });
  line.open();
});

afterEach(() => {
  line.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a refusal for any other reason than who we are is a failed try like any other', () => {
  say('connect_error', refusal('internal'));
  say('connect_error', refusal('server_busy'));
  expect([fake.connects, onNotAdmitted.mock.calls.length]).toEqual([1, 0]);

  vi.advanceTimersByTime(2_000);

  expect(fake.connects).toBe(2);
});

test('who is not admitted is told so, and tries again until somebody closes the line', () => {
  say('connect_error', refusal('not_admitted'));
  vi.advanceTimersByTime(1_000);
  expect([fake.connects, onNotAdmitted.mock.calls.length]).toEqual([2, 1]);

  onNotAdmitted.mockImplementation(() => line.close());
  say('connect_error', refusal('not_admitted'));
  vi.advanceTimersByTime(60_000);

  expect(fake.connects).toBe(2);
});

test('what is asked is answered, refused, or lost with the line', async () => {
  const asked = () => line.ask('watch', { id: 'c1' });
  expect(await asked()).toBe(false);

  fake.socket.connected = true;
  expect(await asked()).toBe(true);
  fake.answer = () => Promise.resolve({ ok: false, error: { code: 'internal' } });
  expect(await asked()).toBe(false);
  fake.answer = () => Promise.reject(new Error('timeout'));
  expect(await asked()).toBe(false);
});
