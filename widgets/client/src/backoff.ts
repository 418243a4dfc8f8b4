import { Problem } from './problem';

export type Random = () => number;
export type Sleep = (ms: number) => Promise<void>;

export const sleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const FIRST_MS = 500;
const SPREAD_MS = 4_500;
const LONGEST_MS = 30_000;

/**
 * How long to stay away after the n-th failure in a row (0 = the first): random 0.5-5 s, doubled each time, at
 * most 30 s. Random from the first attempt on, so that a restarted server is not met by everybody at once.
 */
export function reconnectDelay(attempt: number, random: Random): number {
  const first = FIRST_MS + random() * SPREAD_MS;
  return Math.min(LONGEST_MS, Math.round(first * 2 ** Math.min(attempt, 10)));
}

/** A request's pauses are shorter: a person is waiting for this answer. */
export function repeatDelay(attempt: number, random: Random): number {
  return Math.min(15_000, Math.round((500 + random() * 500) * 2 ** Math.min(attempt, 10)));
}

/** Repeats what failed for a passing reason. Only for requests that may safely run twice. */
export async function repeating<T>(
  run: () => Promise<T>,
  {
    attempts = 3,
    random = Math.random,
    pause = sleep,
  }: { attempts?: number; random?: Random; pause?: Sleep } = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run();
    } catch (failure) {
      const again = failure instanceof Problem && failure.isTransient && attempt + 1 < attempts;
      if (!again) throw failure;
      await pause(failure.retryAfterMs ?? repeatDelay(attempt, random));
    }
  }
}
