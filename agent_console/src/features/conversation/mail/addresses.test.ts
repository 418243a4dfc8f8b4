import { describe, expect, it } from 'vitest';
import { addressesIn, isAddress, takenIn, withPasted } from './addresses';

describe('addresses of copies', () => {
  it('are read as people paste them', () => {
    expect(addressesIn('Kim Lind <Kim@home.example>; lee@home.example')).toEqual({
      found: ['kim@home.example', 'lee@home.example'],
      rest: '',
    });
    expect(addressesIn('kim@home.example Lee <lee@home.example>\n"Lind, Bo" <bo@home.example>,')).toEqual({
      found: ['kim@home.example', 'lee@home.example', 'bo@home.example'],
      rest: '',
    });
  });

  it('are taken in once, beside what was left in the field', () => {
    const list = { addresses: ['kim@home.example'], typed: { text: 'Kim@home.example lee', isWrong: false } };
    expect(takenIn(list)).toEqual({ addresses: ['kim@home.example'], typed: { text: 'lee', isWrong: true } });
  });

  it('are not glued to what stands there when they are pasted', () => {
    expect(withPasted('lee.home', 'kim@home.example', '')).toBe('lee.home, kim@home.example');
    expect(withPasted('kim', '@home.example', '')).toBe('kim@home.example');
  });

  it('stay in the field when they are none', () => {
    expect(addressesIn('kim@home')).toEqual({ found: [], rest: 'kim@home' });
    expect(addressesIn('kim@home.example lee@@home')).toEqual({
      found: ['kim@home.example'],
      rest: 'lee@@home',
    });
    expect(addressesIn('lee@home.example, kim.home.example; Bo Lind, x@y')).toEqual({
      found: ['lee@home.example'],
      rest: 'kim.home.example, Bo Lind, x@y',
    });
    expect(addressesIn('Kim <kim@home>; <lee@home.example>')).toEqual({
      found: ['lee@home.example'],
      rest: 'Kim <kim@home>',
    });
    expect(isAddress('a@b.example\r\nBcc: x@y.example')).toBe(false);
  });
});
