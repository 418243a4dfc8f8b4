import { texts, voice } from '../texts';
import { ownZone, wallClock } from './own_zone';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in the one or two units a person would say. */
export function lasting(ms: number): string {
  const { time } = texts;
  const passed = Math.max(0, ms);
  if (passed < MINUTE) return time.seconds(Math.floor(passed / 1000));
  if (passed < HOUR) return time.minutes(Math.floor(passed / MINUTE));
  if (passed < 10 * HOUR) {
    const minutes = Math.floor((passed % HOUR) / MINUTE);
    const hours = Math.floor(passed / HOUR);
    return minutes === 0 ? time.hours(hours) : time.hours_minutes(hours, minutes);
  }
  if (passed < 2 * DAY) return time.hours(Math.floor(passed / HOUR));
  return time.days(Math.floor(passed / DAY));
}

/** Minutes and seconds, for what runs out: 4:05, and beyond an hour the words. */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  if (seconds >= 3600) return lasting(Math.abs(ms));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const timeZone = ownZone();
const exact = new Intl.DateTimeFormat(voice.locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
const hourMinute = new Intl.DateTimeFormat(voice.locale, { hour: '2-digit', minute: '2-digit', timeZone });
const dayMonth = new Intl.DateTimeFormat(voice.locale, { day: 'numeric', month: 'short', timeZone });
const dayMonthYear = new Intl.DateTimeFormat(voice.locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone,
});
const weekdayDate = new Intl.DateTimeFormat(voice.locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone,
});

const moment = new Intl.DateTimeFormat(voice.locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone,
});

/** A near moment that somebody plans for. */
export function shortMoment(at: string): string {
  return moment.format(new Date(at));
}

export function exactTime(at: string): string {
  return exact.format(new Date(at));
}

const dayOf = (ms: number): number => Math.floor(wallClock(ms) / DAY);

/** Whole calendar days between two moments, in the agent's own zone. */
export function daysApart(earlier: number, later: number): number {
  return dayOf(later) - dayOf(earlier);
}

/** For lists: the time for today, the day before that. */
export function listTime(at: string, now: number): string {
  const when = Date.parse(at);
  const days = daysApart(when, now);
  if (days === 0) return hourMinute.format(when);
  if (days === 1) return texts.conversation.yesterday;
  return (Math.abs(days) < 300 ? dayMonth : dayMonthYear).format(when);
}

export function dayName(at: string, now: number): string {
  const when = Date.parse(at);
  const days = daysApart(when, now);
  if (days <= 0) return texts.conversation.today;
  if (days === 1) return texts.conversation.yesterday;
  return (days < 300 ? weekdayDate : dayMonthYear).format(when);
}

export function dateOf(at: string): string {
  return dayMonthYear.format(new Date(at));
}

/** The hour in somebody else's zone; null when the zone is not known to this browser. */
export function timeIn(zone: string, now: number): string | null {
  try {
    return new Intl.DateTimeFormat(voice.locale, {
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      timeZone: zone,
    }).format(now);
  } catch {
    return null;
  }
}
