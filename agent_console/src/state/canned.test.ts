import { describe, expect, it } from 'vitest';
import type { CannedReply } from '@engage/client/src/agent';
import { filled, matching, unknownVariables, valuesFor } from './canned';

const values = valuesFor({ visitor: 'Vera Lind', agent: 'Anna', site: 'Nordlink', topic: '' });
const aReply = (change: Partial<CannedReply>): CannedReply => ({
  id: change.shortcut ?? 'r',
  site_id: 's1',
  personal: false,
  shortcut: 'r',
  title: '',
  text: '',
  locale: null,
  queue_ids: [],
  files: [],
  ...change,
});

describe('a canned reply', () => {
  it('is filled in, with its fallback where there is nothing', () => {
    const text = 'Hello {{ visitor.first_name }}, about {{conversation.topic|your question}}: {{agent.name}}';
    expect(filled(text, values)).toBe('Hello Vera, about your question: Anna');
  });

  it('leaves a visitor’s braces as the text they are', () => {
    const hostile = valuesFor({ visitor: '{{agent.name}} <b>$&', agent: 'Anna', site: '', topic: '' });
    expect(filled('Hello {{visitor.name}}', hostile)).toBe('Hello {{agent.name}} <b>$&');
  });

  it('with an unknown variable says which', () => {
    expect(unknownVariables('{{visitor.nmae}} {{ }} {{visitor.name|x}}')).toEqual(['visitor.nmae', '']);
  });

  it('is found by all words, its shortcut first, then the visitor’s language', () => {
    const replies = [
      aReply({ shortcut: 'bye', text: 'router lights' }),
      aReply({ shortcut: 'lights-de', locale: 'de' }),
      aReply({ shortcut: 'lights-en', locale: 'en' }),
      aReply({ shortcut: 'lights-billing', queue_ids: ['other'] }),
    ];
    const found = matching(replies, { query: 'lights', locale: 'en-GB', queue_id: 'q1' });
    expect(found.map((reply) => reply.shortcut)).toEqual(['lights-en', 'lights-de', 'bye']);
    expect(matching(replies, { query: 'router nothing', locale: 'en', queue_id: 'q1' })).toEqual([]);
  });
});
