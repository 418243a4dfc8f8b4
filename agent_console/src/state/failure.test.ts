import { describe, expect, it } from 'vitest';
import { fieldWords } from './failure';

describe('what is said about a field', () => {
  it.each([
    ['Field required', 'Fill this in.'],
    ['String should have at least 1 character', 'Fill this in.'],
    ['String should have at most 100 characters', 'At most 100 characters.'],
    ['Input should be greater than or equal to 5', 'At least 5.'],
    ['Input should be a valid integer, unable to parse string as an integer', 'A number is needed here.'],
    ['Value error, This is no time zone.', 'This is no time zone.'],
  ])('%s', (message, words) => {
    expect(fieldWords(message)).toBe(words);
  });
});
