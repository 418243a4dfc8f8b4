import { describe, expect, it } from 'vitest';
import { textParts } from './text_parts';

describe('text parts', () => {
  it('find web addresses and leave the sentence signs outside', () => {
    expect(textParts('See https://example.test/a?b=1, please.')).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'link', text: 'https://example.test/a?b=1', href: 'https://example.test/a?b=1' },
      { type: 'text', text: ', please.' },
    ]);
  });

  it('make no link of anything that could run', () => {
    const text = 'javascript:alert(1) data:text/html,x www.example.test';
    expect(textParts(text)).toEqual([{ type: 'text', text }]);
  });

  it('are nothing for nothing', () => {
    expect(textParts('')).toEqual([]);
  });

  it('marks the colleagues that a note names, and nobody else', () => {
    expect(textParts('@Ben (B.) and @Bo', ['Ben (B.)'])).toEqual([
      { type: 'mention', text: '@Ben (B.)' },
      { type: 'text', text: ' and @Bo' },
    ]);
  });
});
