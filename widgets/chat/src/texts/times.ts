/** Dates and times in the reader's zone, and in the language of the words around them; Intl does the rest. */

import { localeOfTexts } from '.';

const DAY_MS = 86_400_000;

export function clock(iso: string, locale: string, timeZone?: string): string {
  return format(locale, { timeStyle: 'short', timeZone }, iso);
}

export function exact(iso: string, locale: string): string {
  return format(locale, { dateStyle: 'long', timeStyle: 'short' }, iso);
}

export function date(iso: string, locale: string): string {
  return format(locale, { dateStyle: 'medium' }, iso);
}

export const dayKey = (iso: string) => new Date(iso).toDateString();

/** "Today", "Yesterday", a weekday in the last week, then a date. */
export function day(iso: string, locale: string, now = new Date()): string {
  const then = new Date(iso);
  const days = Math.round((midnight(now) - midnight(then)) / DAY_MS);
  if (days === 0 || days === 1) {
    return capital(
      new Intl.RelativeTimeFormat(localeOfTexts(locale), { numeric: 'auto' }).format(-days, 'day'),
      locale,
    );
  }
  if (days > 0 && days < 7) return format(locale, { weekday: 'long' }, iso);
  const sameYear = then.getFullYear() === now.getFullYear();
  return format(
    locale,
    { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' as const }) },
    iso,
  );
}

/** For lists: the time of today, else the day. */
export function brief(iso: string, locale: string, now = new Date()): string {
  if (dayKey(iso) === now.toDateString()) return clock(iso, locale);
  return format(locale, { day: 'numeric', month: 'short' }, iso);
}

/** A moment to come: "14:30", "tomorrow 10:00", "Monday 08:00". */
export function upcoming(iso: string, locale: string, now = new Date()): string {
  const then = new Date(iso);
  const time = clock(iso, locale);
  const days = Math.round((midnight(then) - midnight(now)) / DAY_MS);
  if (days <= 0) return time;
  if (days === 1)
    return `${new Intl.RelativeTimeFormat(localeOfTexts(locale), { numeric: 'auto' }).format(1, 'day')} ${time}`;
  if (days < 7) return `${format(locale, { weekday: 'long' }, iso)} ${time}`;
  return `${format(locale, { day: 'numeric', month: 'short' }, iso)} ${time}`;
}

/** The same moment on a clock elsewhere, with the weekday where it is another one there. */
export function elsewhere(iso: string, locale: string, timeZone: string): string {
  const weekday = (zone: string | undefined) => format(locale, { weekday: 'long', timeZone: zone }, iso);
  const time = clock(iso, locale, timeZone);
  return weekday(timeZone) === weekday(undefined) ? time : `${weekday(timeZone)} ${time}`;
}

/** Whether clocks in the two zones show different times at that moment. */
export function zonesDiffer(iso: string, siteZone: string): boolean {
  try {
    return clock(iso, 'en-GB') !== clock(iso, 'en-GB', siteZone);
  } catch {
    return false;
  }
}

export const placeOf = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

function format(locale: string, options: Intl.DateTimeFormatOptions, iso: string): string {
  return new Intl.DateTimeFormat(localeOfTexts(locale), options).format(new Date(iso));
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(localeOfTexts(locale)) + text.slice(1);
}

export function bytes(size: number, locale: string): string {
  const mega = size >= 1_000_000;
  const number = Math.max(1, size / (mega ? 1_000_000 : 1_000));
  return new Intl.NumberFormat(localeOfTexts(locale), {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(number);
}
