/** Set once, before anything is drawn; undefined is the browser's own. */
let chosen: string | undefined;
let clock = clockOf(chosen);

/** All times are read and planned in this zone from now on; one that the browser does not know changes nothing. */
export function readTimesIn(zone: string | undefined): void {
  try {
    clock = clockOf(zone);
    chosen = zone;
  } catch {
    // Kept by a newer browser than this one.
  }
}

export const ownZone = (): string | undefined => chosen;

function clockOf(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** What the agent's clock shows at a moment, as the milliseconds at which a clock in UTC shows the same. */
export function wallClock(ms: number): number {
  const parts = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** The moment at which his clock shows this; asked twice, because the zone's offset may change in between. */
export function momentAt(wall: number): Date {
  const near = wall - (wallClock(wall) - wall);
  return new Date(wall - (wallClock(near) - near));
}
