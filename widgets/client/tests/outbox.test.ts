import { expect, test } from 'vitest';
import { memoryKeeper } from '../src/keeper';
import { afterFailure, createOutbox } from '../src/outbox';
import { nextToSend, rowStore, stateOf, type Outgoing } from '../src/outbox_rows';
import { Problem, unreachable } from '../src/problem';

const aRow = (parts: Partial<Outgoing> = {}): Outgoing => ({
  client_id: 'a',
  conversation_id: 'c1',
  text: 'Hello',
  attachments: [],
  created_at: 1,
  attempts: 0,
  due_at: 0,
  failure: null,
  ...parts,
});
const refusal = new Problem({
  status: 422,
  code: 'too_long',
  title: 'Too long',
  detail: 'At most 10,000 letters.',
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function anOutbox(send: (row: Outgoing) => Promise<string>, keeper = memoryKeeper()) {
  const timers: (() => void)[] = [];
  const stored: string[] = [];
  let clock = 1000;
  const outbox = createOutbox({
    keeper,
    prefix: 'out:',
    send,
    onChange: () => {},
    onStored: (_, row) => stored.push(row.client_id),
    now: () => (clock += 1),
    random: () => 0,
    alone: (_, work) => work(),
    later: (ms, run) => {
      timers.push(() => {
        clock += ms;
        run();
      });
      return () => {};
    },
  });
  const add = (client_id: string, text = client_id) =>
    outbox.add({ client_id, conversation_id: 'c1', text, attachments: [] });
  return { outbox, timers, stored, add, keeper };
}

test('messages leave one at a time, in the order they were written', async () => {
  const sent: string[] = [];
  const { add, stored, outbox } = anOutbox(async (row) => String(sent.push(row.client_id)));

  ['first', 'second', 'third'].forEach((id) => add(id));
  await settled();

  expect(sent).toEqual(['first', 'second', 'third']);
  expect(stored).toEqual(sent);
  expect(outbox.rows()).toEqual([]);
});

test('a message survives a reload and is sent with the same client id', async () => {
  const before = anOutbox(() => new Promise<string>(() => {}));
  before.add('kept', 'typed before the reload');
  const sent: Outgoing[] = [];

  anOutbox(async (row) => String(sent.push(row)), before.keeper);
  await settled();

  expect(sent.map((row) => [row.client_id, row.text])).toEqual([['kept', 'typed before the reload']]);
});

test('without an answer it is tried again, and nothing overtakes it', async () => {
  let broken = true;
  const sent: string[] = [];
  const { add, timers, stored } = anOutbox(async (row) => {
    sent.push(row.client_id);
    if (broken) throw unreachable(null);
    return 'ok';
  });

  add('first');
  add('second');
  await settled();
  broken = false;
  timers.at(-1)?.();
  await settled();

  expect(sent).toEqual(['first', 'first', 'second']);
  expect(stored).toEqual(['first', 'second']);
});

test('a refusal is final, keeps its text, and does not hold up the next', async () => {
  const { add, outbox, stored } = anOutbox(async (row) => {
    if (row.client_id === 'bad') throw refusal;
    return 'ok';
  });

  add('bad', 'the long text');
  add('good');
  await settled();

  expect(stored).toEqual(['good']);
  expect(outbox.rows().map(stateOf)).toEqual(['failed']);
  expect(outbox.takeBack('bad')?.text).toBe('the long text');
});

test('a failed message goes out when its sender asks again', async () => {
  let broken = true;
  const { add, outbox, stored } = anOutbox(async () => {
    if (broken) throw refusal;
    return 'ok';
  });
  add('again');
  await settled();

  broken = false;
  outbox.retry('again');
  await settled();

  expect(stored).toEqual(['again']);
});

test('what was given up for want of a connection leaves when it is back', async () => {
  let broken = true;
  const { add, outbox, stored, timers } = anOutbox(async () => {
    if (broken) throw unreachable(null);
    return 'ok';
  });
  add('patient');
  for (let round = 0; round < 4; round += 1) {
    await settled();
    timers.at(-1)?.();
  }
  await settled();
  expect(outbox.rows().map(stateOf)).toEqual(['failed']);

  broken = false;
  outbox.wake();
  await settled();

  expect(stored).toEqual(['patient']);
});

test('a failing server is asked again for ever, also after we have said that it takes long', async () => {
  let broken = true;
  const { add, outbox, stored, timers } = anOutbox(async () => {
    if (broken) throw new Problem({ status: 503, code: 'internal', title: '', detail: '' });
    return 'ok';
  });
  add('patient');
  for (let round = 0; round < 8; round += 1) {
    await settled();
    timers.at(-1)?.();
  }
  await settled();
  expect(outbox.rows().map(stateOf)).toEqual(['failed']);

  broken = false;
  timers.at(-1)?.();
  await settled();

  expect(stored).toEqual(['patient']);
});

test('a new connection is no reason to come earlier than the server asked', async () => {
  let tries = 0;
  const { add, outbox } = anOutbox(async () => {
    tries += 1;
    throw new Problem({ status: 429, code: 'busy', title: '', detail: '', retryAfterMs: 60_000 });
  });
  add('told to wait');
  await settled();
  outbox.wake();
  await settled();
  expect(tries).toBe(1);

  outbox.retry('told to wait');
  await settled();
  expect(tries).toBe(2);
});

test('a session that has ended does not make a message a refused one', () => {
  const ended = new Problem({ status: 401, code: 'not_signed_in', title: '', detail: 'Please sign in.' });

  expect(stateOf(afterFailure(aRow(), ended, 0, () => 0))).toBe('sending');
  expect(stateOf(afterFailure(aRow(), refusal, 0, () => 0))).toBe('failed');
});

test('"at once" from a failing server does not mean without a pause', () => {
  const told = new Problem({ status: 503, code: 'busy', title: '', detail: '', retryAfterMs: 0 });

  expect(afterFailure(aRow(), told, 100, () => 0).due_at).toBe(600);
});

test('two messages of one moment keep their order', () => {
  const keeper = memoryKeeper();
  const outbox = createOutbox({
    keeper,
    prefix: 'out:',
    send: () => new Promise<string>(() => {}),
    onChange: () => {},
    onStored: () => {},
    now: () => 5,
    alone: (_, work) => work(),
  });
  ['z', 'a'].forEach((client_id) =>
    outbox.add({ client_id, conversation_id: 'c1', text: '', attachments: [] }),
  );

  expect(outbox.rows().map((row) => row.client_id)).toEqual(['z', 'a']);
});

test('a row settled by its entry while the answer was lost is not kept', async () => {
  const { add, outbox } = anOutbox(() => new Promise<string>(() => {}));
  add('seen');

  outbox.settle('seen');

  expect(outbox.rows()).toEqual([]);
});

test('the pause after a failure grows, and follows the server when it says how long', () => {
  const first = afterFailure(aRow(), unreachable(null), 0, () => 0);
  const second = afterFailure(first, unreachable(null), 0, () => 0);
  const told = new Problem({ status: 429, code: 'busy', title: '', detail: '', retryAfterMs: 7_000 });

  expect([first.due_at, second.due_at]).toEqual([500, 1000]);
  expect(afterFailure(aRow(), told, 100, () => 0).due_at).toBe(7_100);
});

test('conversations do not wait for each other', () => {
  const waiting = aRow({
    client_id: 'w',
    due_at: 50,
    failure: { code: 'unreachable', detail: '', passing: true, told_to_wait: false },
    attempts: 1,
  });
  const other = aRow({ client_id: 'o', conversation_id: 'c2', created_at: 2 });

  expect(nextToSend([waiting, other], 10)?.client_id).toBe('o');
  expect(nextToSend([waiting, other], 60)?.client_id).toBe('w');
});

test('a row that cannot be read is dropped instead of stopping the rest', () => {
  const keeper = memoryKeeper({ 'out:x': '{broken', 'out:a': JSON.stringify(aRow()) });

  expect(
    rowStore(keeper, 'out:')
      .all()
      .map((row) => row.client_id),
  ).toEqual(['a']);
});

test('a clock that is set back an hour keeps no message waiting for that hour', () => {
  const failed = aRow({ attempts: 1, due_at: 3_600_000, failure: null });

  expect(nextToSend([failed], 1_000)).toBe(failed);
  expect(nextToSend([aRow({ due_at: 60_000 })], 1_000)).toBeNull();
});
