import { describe, expect, it } from 'vitest';
import { passwordStrength } from './password_strength';

describe('how strong a password looks', () => {
  it.each([
    ['', 0],
    ['short', 0],
    ['password123', 1],
    ['1234567890', 1],
    ['aaaaaaaaaaaa', 1],
    ['seven small ducks', 4],
    ['xK9#mQ2$vL7@', 4],
  ])('of “%s” is %d', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength);
  });

  it('does not count what a mark outside of the first plane takes twice', () => {
    expect(passwordStrength('🦆🦆🦆🦆🦆')).toBe(0);
  });
});
