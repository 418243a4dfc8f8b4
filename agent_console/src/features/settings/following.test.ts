import { describe, expect, it } from 'vitest';
import { following } from './following';

interface Fields {
  name: string;
  greeting: string;
  password: string | null;
}

const before: Fields = { name: 'Nordlink', greeting: 'Hello', password: null };

describe('A form that hears what is stored', () => {
  it('keeps what is typed, and shows what another admin has saved in the other fields', () => {
    const typed = { ...before, greeting: 'Ahoy!' };

    expect(following(typed, before, { ...before, name: 'Südlink', greeting: 'Moin' })).toEqual({
      name: 'Südlink',
      greeting: 'Ahoy!',
      password: null,
    });
  });

  it('is the same when nothing has changed', () => {
    const typed = { ...before, greeting: '' };

    expect(following(typed, before, { ...before })).toEqual(typed);
  });

  it('takes a list as one field', () => {
    const known = { items: [1, 2] };

    expect(following({ items: [1, 2, 3] }, known, { items: [9] })).toEqual({ items: [1, 2, 3] });
    expect(following({ items: [1, 2] }, known, { items: [9] })).toEqual({ items: [9] });
  });
});

describe('A form whose answer has come', () => {
  const sent: Fields = { name: ' Südlink ', greeting: 'Ahoy', password: 'secret' };
  const stored: Fields = { name: 'Südlink', greeting: 'Ahoy', password: null };

  it('shows what the server has made of it, and forgets a secret', () => {
    expect(following(sent, sent, stored)).toEqual(stored);
  });

  it('keeps what was typed while it was on its way', () => {
    const typed = { ...sent, greeting: 'Ahoy there' };

    expect(following(typed, sent, stored)).toEqual({ ...stored, greeting: 'Ahoy there' });
  });
});
