import { memoryKeeper, type Attachment } from '@engage/client';
import { expect, test } from 'vitest';
import { keepForNewContact, unsaid } from '../src/engine/unsaid';
import { nextTry, type ContactDraft } from '../src/views/contact_rules';
import { anEntry, byVisitor } from './fixtures';

const aFile = (id: string): Attachment => ({
  id,
  name: `${id}.png`,
  content_type: 'image/png',
  size: 1,
  width: null,
  height: null,
});
const said = anEntry({ seq: 2, author: byVisitor, text: 'My bill is wrong.', attachments: [aFile('a')] });
const greeting = anEntry({ seq: 3, text: 'My other bill' });

const aDraft = (parts: Partial<ContactDraft> = {}): ContactDraft => ({
  tried: null,
  topic: 'Bills',
  values: {},
  text: 'My bill is wrong.',
  attachments: [],
  ...parts,
});

test('nothing is left to say when the conversation has the words and the files', () => {
  expect(unsaid([said, greeting], ' My bill\r\nis wrong. ', [aFile('a')])).toBeNull();
});

test('words that were edited after a lost answer are still to be said, and so is a file', () => {
  expect(unsaid([said, greeting], 'My other bill', [aFile('a')])).toEqual({
    text: 'My other bill',
    attachments: [],
  });
  expect(unsaid([said], 'My bill is wrong.', [aFile('a'), aFile('b')])).toEqual({
    text: '',
    attachments: [aFile('b')],
  });
});

test('the same content goes under the same id, whatever came of the first try', () => {
  const tried = nextTry(aDraft());

  expect(nextTry(aDraft({ tried })).client_id).toBe(tried.client_id);
  expect(nextTry(aDraft({ tried: { ...tried, refused: true } })).client_id).toBe(tried.client_id);
});

test('another content has an id of its own, unless the first may be stored', () => {
  const tried = nextTry(aDraft());
  const edited = { text: 'My other bill' };

  expect(nextTry(aDraft({ ...edited, tried })).client_id).toBe(tried.client_id);
  expect(nextTry(aDraft({ ...edited, tried: { ...tried, refused: true } })).client_id).not.toBe(
    tried.client_id,
  );
  expect(nextTry(aDraft()).client_id).not.toBe(tried.client_id);
});

test('what can go nowhere any more begins the next conversation, and overwrites nothing', () => {
  const keeper = memoryKeeper({ taken: '{"text":"half a"}' });
  keepForNewContact(keeper, 'free', 'unsent');
  keepForNewContact(keeper, 'taken', 'unsent');
  keepForNewContact(keeper, 'none', '');

  expect(['free', 'taken', 'none'].map(keeper.read)).toEqual([
    '{"text":"unsent"}',
    '{"text":"half a"}',
    null,
  ]);
});
