import { afterEach, expect, it, vi } from 'vitest';
import { memoryKeeper, Problem, type Entry } from '@engage/client';
import type { AgentDoor, AgentMessage } from '@engage/client/src/agent';
import { anEntry } from './fixtures';
import { createSender } from './sender';

const sent: AgentMessage[] = [];
const answers: (() => Promise<Entry>)[] = [];
const door: Pick<AgentDoor, 'send' | 'addNote'> = {
  send: (_id, message) => {
    sent.push(message);
    return answers.shift()?.() ?? Promise.resolve(anEntry(9));
  },
  addNote: () => Promise.resolve(anEntry(9)),
};
const message = {
  client_id: 'one-of-mine',
  conversation_id: 'c1',
  text: 'Hello',
  attachments: [],
  article_slug: null,
  seen_seq: 4,
  force: false,
};
const overtaken = () =>
  Promise.reject(
    new Problem({ status: 409, code: 'newer_entries', title: 'Conflict', detail: 'Somebody wrote.' }),
  );

function aSender(onLine = true) {
  vi.stubGlobal('navigator', { onLine });
  return createSender(door as AgentDoor, memoryKeeper(), 'me', () => undefined);
}

afterEach(() => {
  sent.length = 0;
  answers.length = 0;
  vi.unstubAllGlobals();
});

it('says what stood on the screen; refused, it goes out when the agent insists', async () => {
  answers.push(overtaken);
  const sender = aSender();

  sender.sendMessage(message);
  await vi.waitFor(() => expect(sender.store.get()[0]?.is_overtaken).toBe(true));
  sender.store.get().forEach(sender.retry);
  await vi.waitFor(() => expect(sender.store.get()).toEqual([]));

  expect(sent.map(({ seen_seq, force }) => [seen_seq, force])).toEqual([
    [4, false],
    [null, true],
  ]);
});

it('asks nothing of what was written without a network', async () => {
  const sender = aSender(false);

  sender.sendMessage(message);

  await vi.waitFor(() => expect(sent.map((one) => one.seen_seq)).toEqual([null]));
});
