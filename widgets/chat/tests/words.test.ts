import { Problem, type HomeField, type SiteHome, type Way } from '@engage/client';
import { describe, expect, test } from 'vitest';
import { accentTokens, contrast, parse } from '../src/accent';
import { refusalOf } from '../src/engine/files';
import { originsIn } from '../src/frame/host';
import { directionOfTexts, loadTexts, localeOfTexts, speakable, textsFor } from '../src/texts';
import { de } from '../src/texts/de';
import { en } from '../src/texts/en';
import { brief, bytes, date, day, upcoming } from '../src/texts/times';
import { initials } from '../src/ui/parts';
import { piecesOf } from '../src/ui/linked_text';
import { complaintsFrom, complaintsIn, type ContactDraft } from '../src/views/contact_rules';
import { promiseOf } from '../src/views/home';

describe('text with links', () => {
  const links = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? []);

  test('finds addresses and leaves the sentence around them', () => {
    expect(links('See https://example.com/a?b=1, or write to help@example.com.')).toEqual([
      'https://example.com/a?b=1',
      'mailto:help@example.com',
    ]);
    expect(piecesOf('See https://example.com.').map(({ text }) => text)).toEqual([
      'See ',
      'https://example.com',
      '.',
    ]);
  });

  test('keeps a bracket that belongs to the address', () => {
    expect(links('(https://example.com/a_(b))')).toEqual(['https://example.com/a_(b)']);
  });

  test('never makes a link of a script', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://example.com')).toEqual([]);
  });
});

describe("the site's colour", () => {
  const rgb = (css: string) => css.match(/\d+/g)?.map(Number) as unknown as [number, number, number];

  test.each(['#2457d6', '#ffd400', '#00c2a8', '#ffffff', '#000000', '#ff5a5f', 'no colour'])(
    '%s is readable, light and dark',
    (accent) => {
      for (const dark of [false, true]) {
        const tokens = accentTokens(accent, dark);
        const surface = dark ? rgb('23 25 30') : rgb('255 255 255');
        expect(contrast(rgb(tokens['--accent']), surface)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(rgb(tokens['--accent']), rgb(tokens['--accent-soft']))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(rgb(tokens['--on-accent']), rgb(tokens['--accent-fill']))).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    },
  );

  test('is left alone where it is good enough', () => {
    expect(accentTokens('#2457d6', false)['--accent-fill']).toBe('rgb(36 87 214)');
    expect(parse('#abc')).toEqual([170, 187, 204]);
  });
});

describe('times', () => {
  const now = new Date(2026, 2, 4, 12, 0);
  const local = (days: number, hour: number) => new Date(2026, 2, 4 + days, hour, 0).toISOString();

  test('name near days', () => {
    expect(day(local(0, 9), 'en', now)).toBe('Today');
    expect(day(local(-1, 9), 'en', now)).toBe('Yesterday');
    expect(day(local(-3, 9), 'en', now)).toBe('Sunday');
    expect(day(local(-40, 9), 'en', now)).toBe('January 23');
  });

  test('say when something will be', () => {
    expect(upcoming(local(0, 14), 'en-GB', now)).toBe('14:00');
    expect(upcoming(local(1, 8), 'en-GB', now)).toBe('tomorrow 08:00');
    expect(upcoming(local(5, 8), 'en-GB', now)).toBe('Monday 08:00');
  });

  test('are short in lists', () => {
    expect(brief(local(0, 9), 'en-GB', now)).toBe('09:00');
    expect(brief(local(-9, 9), 'en-GB', now)).toBe('23 Feb');
  });
});

test('sizes are said in the unit people know', () => {
  expect([bytes(11, 'en'), bytes(123_456, 'en'), bytes(10_000_000, 'en')]).toEqual([
    '1 kB',
    '123 kB',
    '10 MB',
  ]);
});

describe('a file', () => {
  const policy = { max_bytes: 1000, types: ['image/*', 'application/pdf', '.log'], max_files: 2 };
  const file = (name: string, type: string, size = 10) => ({ name, type, size });

  test('of an allowed kind is taken', () => {
    expect(['image/png', 'application/pdf'].map((type) => refusalOf(file('a', type), 0, policy))).toEqual([
      null,
      null,
    ]);
    expect(refusalOf(file('A.LOG', ''), 0, policy)).toBeNull();
  });

  test('is refused before it is sent', () => {
    expect(refusalOf(file('a', 'video/mp4'), 0, policy)?.reason).toBe('wrong_type');
    expect(refusalOf(file('a', 'image/png', 2000), 0, policy)?.reason).toBe('too_big');
    expect(refusalOf(file('a', 'image/png'), 2, policy)?.reason).toBe('too_many');
  });
});

describe('the contact form', () => {
  const email = (required: boolean): HomeField => ({
    key: 'email',
    label: 'E-mail',
    kind: 'email',
    required,
    choices: [],
    show_when: null,
  });
  const draft = (parts: Partial<ContactDraft>): ContactDraft => ({
    tried: null,
    topic: 'a',
    values: {},
    text: 'Hello',
    attachments: [],
    ...parts,
  });

  test('is content with what was asked for', () => {
    expect(complaintsIn(draft({}), [email(false)], true, en)).toEqual({});
  });

  test('says what is missing, beside the field', () => {
    const found = complaintsIn(draft({ topic: '', text: ' ' }), [email(true)], true, en);

    expect(found).toEqual({ topic: en.needTopic, text: en.needMessage, email: en.needEmail });
  });

  test('doubts an address without a host', () => {
    expect(complaintsIn(draft({ values: { email: 'me@home' } }), [email(false)], true, en).email).toBe(
      en.badEmail,
    );
  });

  test("puts the server's refusal beside its field, and keeps the text on a failure", () => {
    const refused = new Problem({
      status: 422,
      code: 'wrong_answers',
      title: '',
      detail: '',
      errors: [{ path: 'fields.name', message: 'String should have at most 100 characters' }],
    });
    const down = new Problem({ status: 0, code: 'unreachable', title: '', detail: '' });

    expect(complaintsFrom(refused, en).name).toBe(en.tooLong('100'));
    expect(complaintsFrom(down, en)).toEqual({ form: en.notSentKept });
  });
});

describe('a way to reach us', () => {
  const home = { opens_at: null, time_zone: 'Europe/Berlin' } as SiteHome;
  const way = (parts: Partial<Way>): Way => ({
    channel: 'webchat',
    label: 'Chat',
    icon: 'message-circle',
    open: true,
    expected_wait_seconds: null,
    answered_by: null,
    ...parts,
  });

  test('promises no more than is known', () => {
    expect(promiseOf(way({ expected_wait_seconds: 125 }), home, 'en', en)).toBe('Wait about 2 minutes');
    expect(promiseOf(way({ expected_wait_seconds: 0 }), home, 'en', en)).toBe('Replies at once');
    expect(promiseOf(way({}), home, 'en', en)).toBe('');
    expect(promiseOf(way({ open: false }), home, 'en', en)).toBe('Closed');
  });
});

describe('languages', () => {
  test('speak German to whom asks for it, English to all others', async () => {
    await loadTexts('de-AT');

    expect(textsFor('de-AT').send).toBe('Senden');
    expect(textsFor('fr').send).toBe('Send');
    expect(speakable(['fr', 'de-CH', 'en'])).toBe('de-CH');
  });

  test('write dates as the words around them are written', () => {
    const march = '2026-03-04T12:00:00Z';

    expect(date(march, 'de-AT')).toBe('04.03.2026');
    expect([date(march, 'fr'), day(march, 'fr', new Date(march))]).toEqual(['4 Mar 2026', 'Today']);
  });

  test('have a word for everything', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    expect(Object.keys(de.states).sort()).toEqual(Object.keys(en.states).sort());
  });

  test('are named and directed as the words really are, not as they were wished', async () => {
    await loadTexts('ar-EG');

    expect([localeOfTexts('ar-EG'), directionOfTexts('ar-EG')]).toEqual(['en-GB', 'ltr']);
  });

  test('are those in which the site has written, even if we have none', () => {
    expect(speakable(['ar-EG', 'en'], ['ar'])).toBe('ar-EG');
    expect(speakable(['ar-EG', 'en'])).toBe('en');
  });
});

test('allowed origins are read from either form', () => {
  expect(originsIn('["https://a.example","https://b.example"]')).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
  expect(originsIn(' https://a.example  https://b.example ')).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
  expect(originsIn('')).toEqual([]);
});

test('initials are the first and the last', () => {
  expect([initials('Anna Maria Kowalski'), initials('Bo'), initials('')]).toEqual(['AK', 'B', '']);
});
