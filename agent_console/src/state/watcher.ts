import { repeatDelay, sleep, type Random, type Sleep } from '@engage/client';

/** Longer than a healthy server needs to let us in; after that the agent sees what there is. */
const SOON_MS = 300;
const ATTEMPTS = 6;

/**
 * Looks at one conversation: first into its room, then its snapshot, so that nothing falls between the two. Who
 * was let in late loads again.
 */
export function createWatcher(
  enter: (id: string) => Promise<boolean>,
  load: (id: string) => Promise<void>,
  { pause = sleep, random = Math.random }: { pause?: Sleep; random?: Random } = {},
) {
  /** Raised by each look; an earlier one is over then. */
  let turn = 0;

  async function entered(id: string, isCurrent: () => boolean): Promise<boolean> {
    for (let attempt = 0; isCurrent() && attempt < ATTEMPTS; attempt += 1) {
      if (await enter(id)) return true;
      await pause(repeatDelay(attempt, random));
    }
    // The next connection looks again.
    return false;
  }

  return {
    async look(id: string | null): Promise<void> {
      const mine = (turn += 1);
      const isCurrent = () => mine === turn;
      if (id === null) return;
      const inside = entered(id, isCurrent);
      const soon = await Promise.race([inside, pause(SOON_MS).then(() => false)]);
      if (isCurrent()) await load(id);
      if (!soon && (await inside) && isCurrent()) await load(id);
    },
  };
}
