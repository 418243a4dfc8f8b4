import type { PromiseClock, WorkItem } from '@engage/client/src/agent';
import { deadlineOf, waitsSince } from '../../state/workspace';

/** How pressing a row is: by what was promised, else by how long somebody has waited. */
export interface Pressure {
  kind: 'deadline' | 'wait';
  tone: 'calm' | 'near' | 'breach';
  /** How much of the time is used up, 0 to 1. */
  used: number;
  /** What is left of a deadline (negative: late), or how long the wait has lasted. */
  ms: number;
}

/** From here on it is worth hurrying. */
const NEAR = 0.66;

function toneOf(used: number): Pressure['tone'] {
  if (used >= 1) return 'breach';
  return used >= NEAR ? 'near' : 'calm';
}

/** Near is what the site has set as the time for a warning. */
function ofClock(clock: PromiseClock, due: number, start: number, now: number): Pressure {
  const used = Math.min(1, Math.max(0, (now - start) / Math.max(1, due - start)));
  const isNear = clock.warned || (clock.warn_at !== null && now >= Date.parse(clock.warn_at));
  const tone = clock.broken || now >= due ? 'breach' : isNear ? 'near' : 'calm';
  return { kind: 'deadline', tone, used: tone === 'breach' ? 1 : used, ms: due - now };
}

/** A wait without a promise is measured by what people bear in that channel. */
export function pressureOf(item: WorkItem, now: number, patienceMs: number): Pressure | null {
  const due = deadlineOf(item);
  const since = waitsSince(item);
  if (due !== null) {
    const start = Date.parse(item.state === 'wrapping_up' ? item.state_since : (since ?? item.opened_at));
    if (item.clock?.due_at === due) return ofClock(item.clock, Date.parse(due), start, now);
    const whole = Math.max(1, Date.parse(due) - start);
    const used = Math.min(1, Math.max(0, (now - start) / whole));
    return { kind: 'deadline', tone: toneOf(used), used, ms: Date.parse(due) - now };
  }
  if (since === null || item.state === 'closed' || item.state === 'abandoned') return null;
  const ms = Math.max(0, now - Date.parse(since));
  const used = Math.min(1, ms / patienceMs);
  return { kind: 'wait', tone: toneOf(used), used, ms };
}
