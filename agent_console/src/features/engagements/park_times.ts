export type ParkChoice = 'until_answer' | 'hour' | 'afternoon' | 'tomorrow' | 'next_week';

const HOUR = 3_600_000;
const AFTERNOON = 14;
const MORNING = 9;
const MONDAY = 1;

function dayAt(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** The choices that make sense now, in the agent's own zone. */
export function parkTimes(now: Date): { choice: ParkChoice; until: string | null }[] {
  const toMonday = ((MONDAY - now.getDay() + 6) % 7) + 1;
  const times: { choice: ParkChoice; until: string | null }[] = [
    { choice: 'until_answer', until: null },
    { choice: 'hour', until: new Date(now.getTime() + HOUR).toISOString() },
  ];
  if (now.getHours() < AFTERNOON - 2) {
    times.push({ choice: 'afternoon', until: dayAt(now, 0, AFTERNOON).toISOString() });
  }
  times.push({ choice: 'tomorrow', until: dayAt(now, 1, MORNING).toISOString() });
  if (toMonday > 1) times.push({ choice: 'next_week', until: dayAt(now, toMonday, MORNING).toISOString() });
  return times;
}
