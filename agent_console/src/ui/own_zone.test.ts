import { afterEach, describe, expect, it } from 'vitest';
import { momentAt, ownZone, readTimesIn, wallClock } from './own_zone';
import { daysApart } from './time_words';

afterEach(() => readTimesIn(undefined));

describe('the zone that an agent has chosen', () => {
  it('says what his clock shows, and when it shows it', () => {
    readTimesIn('Asia/Tokyo');
    const noon = Date.UTC(2026, 0, 5, 12);

    expect(wallClock(noon)).toBe(Date.UTC(2026, 0, 5, 21));
    expect(momentAt(Date.UTC(2026, 0, 5, 21)).getTime()).toBe(noon);
  });

  it('plans across the change to summer time', () => {
    readTimesIn('Europe/Berlin');

    expect(momentAt(Date.UTC(2026, 2, 28, 9)).toISOString()).toBe('2026-03-28T08:00:00.000Z');
    expect(momentAt(Date.UTC(2026, 2, 29, 9)).toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });

  it('decides what is today', () => {
    const evening = Date.UTC(2026, 0, 5, 22);
    const later = Date.UTC(2026, 0, 5, 23, 30);
    readTimesIn('UTC');
    expect(daysApart(evening, later)).toBe(0);
    readTimesIn('Europe/Berlin');
    expect(daysApart(evening, later)).toBe(1);
  });

  it('is left alone when the browser does not know it', () => {
    readTimesIn('Europe/Berlin');
    readTimesIn('Mars/Olympus');
    expect(ownZone()).toBe('Europe/Berlin');
  });
});
