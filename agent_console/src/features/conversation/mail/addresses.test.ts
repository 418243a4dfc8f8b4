import { describe, expect, it } from 'vitest';
import { addressesIn, isAddress } from './addresses';

describe('addresses of copies', () => {
  it('are read as people paste them', () => {
    expect(addressesIn('Kim Lind <Kim@home.example>; lee@home.example')).toEqual({
      found: ['kim@home.example', 'lee@home.example'],
      rest: '',
    });
  });

  it('stay in the field when they are none', () => {
    expect(addressesIn('kim@home')).toEqual({ found: [], rest: 'kim@home' });
    expect(addressesIn('kim@home.example lee@@home')).toEqual({
      found: ['kim@home.example'],
      rest: 'lee@@home',
    });
    expect(isAddress('a@b.example\r\nBcc: x@y.example')).toBe(false);
  });
});
