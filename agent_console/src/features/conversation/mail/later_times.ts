export type LaterName = 'in_an_hour' | 'this_afternoon' | 'tomorrow' | 'monday';

function atHour(day: Date, days: number, hour: number): Date {
  const at = new Date(day);
  at.setDate(at.getDate() + days);
  at.setHours(hour, 0, 0, 0);
  return at;
}

/** Moments that people choose, in the hours of this browser; those that are past or too near are left out. */
export function laterTimes(now: Date): { name: LaterName; at: Date }[] {
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const inAnHour = new Date(now.getTime() + 3_600_000);
  const afternoon = atHour(now, 0, 15);
  return [
    { name: 'in_an_hour' as const, at: inAnHour },
    ...(afternoon > inAnHour ? [{ name: 'this_afternoon' as const, at: afternoon }] : []),
    { name: 'tomorrow' as const, at: atHour(now, 1, 9) },
    ...(untilMonday > 1 ? [{ name: 'monday' as const, at: atHour(now, untilMonday, 9) }] : []),
  ];
}
