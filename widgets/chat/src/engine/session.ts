import {
  createRest,
  inOneTab,
  newClientId,
  isSignedOut,
  repeating,
  visitorDoor,
  type Keeper,
  type Problem,
  type Rest,
  type VisitorDoor,
} from '@engage/client';

export const API = '/api/v1';

export interface Session {
  door: VisitorDoor;
  rest: Rest;
  token(): string | null;
  /** Makes a session when there is none yet; nothing is stored on the server before it is needed. */
  ensure(): Promise<void>;
  /** Runs with a session, and once more with a new one when the server does not know ours any more. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The site says who he is. Tells whether this browser was somebody else's before, or null if that is known. */
  identify(jwt: string): Promise<{ wasAnother: boolean } | null>;
  /** Everything that was kept for him is gone. */
  leave(): void;
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
  /** The end of the signed word for him, and who that is. */
  const vouchedKey = `engage:${site}:vouched`;
  let vouching: Promise<unknown> = Promise.resolve();

  const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

  function wipe(): void {
    keeper.keys(`engage:${site}:`).forEach(keeper.remove);
  }

  async function open(): Promise<void> {
    // Another tab may have opened one while we waited for the lock.
    if (token() !== null) return;
    const session = await repeating(() => door.openSession(site, locale(), timeZone()));
    // Where the lock did not hold, the tab that was first has it: its conversations must not lose their owner.
    if (token() === null) keeper.write(key, session.token);
  }

  async function ensure(): Promise<void> {
    await vouching;
    if (token() !== null) return;
    opening ??= inOneTab(`${key}:opening`, open).finally(() => {
      opening = null;
    });
    await opening;
  }

  return {
    door,
    rest,
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
    async identify(jwt) {
      const [end, person] = keeper.read(vouchedKey)?.split(' ') ?? [];
      if (token() !== null && end === jwt.slice(-16)) return null;
      const attempt = newClientId();
      const asked = repeating(() => door.identify(site, jwt, attempt, locale(), timeZone()));
      vouching = asked.catch(() => undefined);
      const { token: mine, visitor } = await asked;
      const wasAnother = person !== undefined && person !== visitor.id;
      if (wasAnother) wipe();
      keeper.write(vouchedKey, `${jwt.slice(-16)} ${visitor.id}`);
      keeper.write(key, mine);
      return { wasAnother };
    },
    leave() {
      if (token() !== null) void door.signOut().catch(() => undefined);
      wipe();
    },
    forget() {
      keeper.remove(key);
      keeper.remove(vouchedKey);
    },
    onOtherTab: (changed) => void keeper.onOtherTab((other) => other === key && changed()),
  };
}
