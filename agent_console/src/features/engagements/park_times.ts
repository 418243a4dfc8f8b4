import { momentAt, wallClock } from '../../ui/own_zone';

export type ParkChoice = 'until_answer' | 'hour' | 'afternoon' | 'tomorrow' | 'next_week';

const HOUR = 3_600_000;
const AFTERNOON = 14;
const MORNING = 9;
const MONDAY = 1;

/** `today` shows in UTC what the agent's own clock shows. */
function dayAt(today: Date, days: number, hour: number): Date {
  return momentAt(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + days, hour));
}

/** The choices that make sense now, in the agent's own zone. */
export function parkTimes(now: Date): { choice: ParkChoice; until: string | null }[] {
  const today = new Date(wallClock(now.getTime()));
  const toMonday = ((MONDAY - today.getUTCDay() + 6) % 7) + 1;
  const times: { choice: ParkChoice; until: string | null }[] = [
    { choice: 'until_answer', until: null },
    { choice: 'hour', until: new Date(now.getTime() + HOUR).toISOString() },
  ];
  if (today.getUTCHours() < AFTERNOON - 2) {
    times.push({ choice: 'afternoon', until: dayAt(today, 0, AFTERNOON).toISOString() });
  }
  times.push({ choice: 'tomorrow', until: dayAt(today, 1, MORNING).toISOString() });
  if (toMonday > 1) times.push({ choice: 'next_week', until: dayAt(today, toMonday, MORNING).toISOString() });
  return times;
}
