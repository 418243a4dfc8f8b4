import type { components } from '@engage/client/src/schema';

type Form = Required<components['schemas']['HoursForm']>;
export type Holiday = Required<Form['holidays'][number]>;
export type Hours = Omit<Form, 'holidays'> & { holidays: Holiday[] };
export type Span = Hours['spans'][number];
export type DaySpan = Omit<Span, 'day'>;
export type Weekday = Span['day'];

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The date that it is there, as it is stored. */
export function todayIn(timeZone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(now)
    .map(({ type, value }) => [type, value]);
  const { year, month, day } = Object.fromEntries(parts) as Record<string, string>;
  return `${year}-${month}-${day}`;
}

const hourOf = (time: string) => Number(time.slice(0, 2));
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** The day's next span: a working day, or an hour after the last one. */
export function nextSpan(mine: readonly DaySpan[]): DaySpan {
  if (mine.length === 0) return { begin: '09:00', end: '17:00' };
  const last = Math.max(...mine.map((span) => hourOf(span.end)));
  const begin = Math.min(last + 1, 23);
  return { begin: clock(begin), end: clock(Math.min(begin + 4, 24)) };
}

/** Monday's spans on all five working days. */
export function onWorkdays(spans: readonly Span[]): Span[] {
  const monday = spans.filter((span) => span.day === 'mon');
  const weekend = spans.filter((span) => span.day === 'sat' || span.day === 'sun');
  return [...WEEKDAYS.slice(0, 5).flatMap((day) => monday.map((span) => ({ ...span, day }))), ...weekend];
}
