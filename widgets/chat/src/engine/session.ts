import {
  createRest,
  inOneTab,
  isSignedOut,
  repeating,
  visitorDoor,
  type Keeper,
  type Problem,
  type VisitorDoor,
} from '@engage/client';

export const API = '/api/v1';

export interface Session {
  door: VisitorDoor;
  token(): string | null;
  /** Makes a session when there is none yet; nothing is stored on the server before it is needed. */
  ensure(): Promise<void>;
  /** Runs with a session, and once more with a new one when the server does not know ours any more. */
  run<T>(work: () => Promise<T>): Promise<T>;
  forget(): void;
  onOtherTab(changed: () => void): void;
}

export interface SessionConfig {
  site: string;
  keeper: Keeper;
  locale: () => string;
  onProblem: (problem: Problem) => void;
}

export function createSession({ site, keeper, locale, onProblem }: SessionConfig): Session {
  const key = `engage:${site}:token`;
  const token = () => keeper.read(key);
  const rest = createRest({
    base: API,
    credentials: 'omit',
    headers: (): Record<string, string> => {
      const held = token();
      return held === null ? {} : { Authorization: `Bearer ${held}` };
    },
    onProblem,
  });
  const door = visitorDoor(rest);
  let opening: Promise<void> | null = null;

  async function open(): Promise<void> {
    // Another tab may have opened one while we waited for the lock.
    if (token() !== null) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const session = await repeating(() => door.openSession(site, locale(), zone));
    // Where the lock did not hold, the tab that was first has it: its conversations must not lose their owner.
    if (token() === null) keeper.write(key, session.token);
  }

  function ensure(): Promise<void> {
    if (token() !== null) return Promise.resolve();
    opening ??= inOneTab(`${key}:opening`, open).finally(() => {
      opening = null;
    });
    return opening;
  }

  return {
    door,
    token,
    ensure,
    async run(work) {
      await ensure();
      const used = token();
      try {
        return await work();
      } catch (failure) {
        if (!isSignedOut(failure)) throw failure;
        if (token() === used) keeper.remove(key);
        await ensure();
        return work();
      }
    },
    forget: () => keeper.remove(key),
    onOtherTab: (changed) => void keeper.onOtherTab((other) => other === key && changed()),
  };
}
