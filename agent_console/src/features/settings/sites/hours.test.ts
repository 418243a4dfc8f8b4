import { expect, test } from 'vitest';
import { nextSpan, onWorkdays, todayIn } from './hours';

test('a first span is a working day, a second one begins after it', () => {
  const first = nextSpan([]);

  expect(first).toEqual({ begin: '09:00', end: '17:00' });
  expect(nextSpan([first])).toEqual({ begin: '18:00', end: '22:00' });
});

test('no span goes beyond the end of its day', () => {
  const late = { begin: '20:00', end: '24:00' };

  expect(nextSpan([late])).toEqual({ begin: '23:00', end: '24:00' });
});

test('Monday is copied to the working days, and the weekend stays', () => {
  const monday = { day: 'mon' as const, begin: '08:00', end: '12:00' };
  const tuesday = { day: 'tue' as const, begin: '10:00', end: '11:00' };
  const saturday = { day: 'sat' as const, begin: '10:00', end: '14:00' };

  const copied = onWorkdays([monday, tuesday, saturday]);

  expect(copied.map((span) => `${span.day} ${span.begin}`)).toEqual([
    'mon 08:00',
    'tue 08:00',
    'wed 08:00',
    'thu 08:00',
    'fri 08:00',
    'sat 10:00',
  ]);
});

test('today is the date at the site, whatever it is elsewhere', () => {
  const evening = new Date('2026-12-31T23:30:00Z');

  expect([todayIn('Europe/Berlin', evening), todayIn('America/New_York', evening)]).toEqual([
    '2027-01-01',
    '2026-12-31',
  ]);
});
