import type { WaitPlace } from '@engage/client/src/agent';
import { plural } from './plural';

/** What the customer was told. */
function range({ from_seconds: from, to_seconds: to }: WaitPlace): string {
  if (to === null) return 'over 1 h';
  if (to === 0) return '“in a moment”';
  return `${(from ?? 0) / 60}–${to / 60} min`;
}

/** What is promised to customers, its clocks, and the page where it is set up. */
export const promisesEn = {
  names: {
    first_response: 'First response',
    next_response: 'Next response',
    resolution: 'Resolution',
  },
  entries: {
    promise_warned: (name: string) => `${name}: time is running out`,
    promise_broken: (name: string) => `${name} is overdue`,
  },
  until: (name: string, at: string) => `${name} until ${at}`,
  stands: (name: string) => `${name}: the clock stands while we wait for the customer`,
  paused: (time: string) => `${time}, paused`,
  place: (place: WaitPlace) => {
    const at = `place ${place.position}`;
    return place.from_seconds === null ? at : `${at}, told ${range(place)}`;
  },
  title: 'Promises',
  lead: 'How soon your customers are answered. The first promise in the list that fits counts; without one nothing is counted.',
  empty: 'No promises yet',
  empty_hint: 'Promise a first answer within ten minutes, and every list shows how much of it is left.',
  add: 'Add a promise',
  change: 'Change the promise',
  remove_lead: (name: string) =>
    `“${name}” counts for nobody any more. Open work has the next promise that fits.`,
  name: 'Name',
  name_hint: 'Such as “Standard” or “Gold customers”',
  who: 'For which work',
  who_hint: 'What you leave empty asks for nothing.',
  queues: 'Queues',
  channels: 'Channels',
  tiers: 'Customer tiers',
  tiers_hint:
    'Separated by commas, such as gold, platinum. A tier comes from your site’s signed identity (“tier”) or from the contact field “Tier”.',
  within: 'Promises, in minutes',
  within_hint: 'Leave a field empty to promise nothing of that kind.',
  counting: 'How it is counted',
  in_business_hours: 'Only in opening hours',
  in_business_hours_hint: 'Off: every hour counts, day and night.',
  warn_percent: 'Warn after (percent)',
  warn_percent_hint: '100 warns nobody.',
  raise_minutes: 'Move up by (minutes of waiting)',
  raise_minutes_hint:
    'Once at the warning and once more when it is overdue, while the work waits in a queue.',
  minutes: (n: number) =>
    n % 1440 === 0
      ? plural(n / 1440, 'day', 'days')
      : n % 60 === 0
        ? plural(n / 60, 'hour', 'hours')
        : `${n} min`,
  any: 'All work',
  business: 'in opening hours',
  around: 'around the clock',
};
