import { describe, expect, it } from 'vitest';
import { mentionedIn } from './mentions';
import { replaced, tokenAt } from './token';

describe('a token', () => {
  it('begins where a word begins and reaches to the caret', () => {
    expect(tokenAt('Hi /router li', 13, '/')).toEqual({ query: 'router li', from: 3, to: 13 });
    expect(tokenAt('/x', 1, '/')).toEqual({ query: '', from: 0, to: 1 });
  });

  it('is no path, no address, and ends with its line', () => {
    expect(tokenAt('https://shop.example/a', 22, '/')).toBeNull();
    expect(tokenAt('vera@shop.example', 17, '@')).toBeNull();
    expect(tokenAt('/one\ntwo', 8, '/')).toBeNull();
    expect(tokenAt('either / or', 11, '/')).toBeNull();
  });

  it('gives its place to what was chosen', () => {
    const token = { query: 'li', from: 3, to: 6 };
    expect(replaced('Hi /li!', token, 'lights')).toEqual({ text: 'Hi lights!', caret: 9 });
  });
});

describe('a note', () => {
  it('names whose name stands in it, the longer of two that begin alike', () => {
    const colleagues = [
      { id: 'a', name: 'Anna' },
      { id: 'ab', name: 'Anna Berg' },
      { id: 'b', name: 'Ben' },
    ];
    expect(mentionedIn('@Anna Berg and @Ben', colleagues)).toEqual(['ab', 'b']);
    expect(mentionedIn('@Anna, ask @Anna Berg', colleagues)).toEqual(['ab', 'a']);
  });
});
