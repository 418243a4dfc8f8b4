import { describe, expect, it } from 'vitest';
import { voiceFor } from './index';

describe('the language of the console', () => {
  it('follows the first language of the browser that it speaks', () => {
    expect(voiceFor('browser', ['fr-FR', 'de-AT', 'en'])).toEqual({
      language: 'de',
      locale: 'de-AT',
      direction: 'ltr',
    });
  });

  it('is English where it speaks none of them', () => {
    expect(voiceFor('browser', ['fr', 'pl']).language).toBe('en');
  });

  it('is the chosen one, with the dates of the region the browser names', () => {
    expect(voiceFor('en', ['de-DE', 'en-US']).locale).toBe('en-US');
    expect(voiceFor('de', ['en-US']).locale).toBe('de');
  });

  it('runs from right to left also where the words are not there yet', () => {
    expect(voiceFor('ar', ['en'])).toEqual({ language: 'en', locale: 'en-GB', direction: 'rtl' });
  });

  it('survives a kept word that is no language', () => {
    expect(voiceFor('', []).language).toBe('en');
  });
});
