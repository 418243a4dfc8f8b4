import { inOneTab } from './alone';
import { repeatDelay, type Random } from './backoff';
import { nextDueAt, nextToSend, rowStore, type Outgoing } from './outbox_rows';
import { isSignedOut, Problem, unreachable } from './problem';
import type { Keeper } from './keeper';

export interface OutboxConfig<Stored> {
  keeper: Keeper;
  /** Start of the keys, e.g. one for each site and visitor. */
  prefix: string;
  send: (row: Outgoing) => Promise<Stored>;
  onChange: (rows: Outgoing[]) => void;
  onStored: (stored: Stored, row: Outgoing) => void;
  now?: () => number;
  random?: Random;
  /** Runs `work` while no other tab does; the default uses Web Locks where the browser has them. */
  alone?: (name: string, work: () => Promise<void>) => Promise<void>;
  later?: (ms: number, run: () => void) => () => void;
}

export interface Outbox {
  rows(): Outgoing[];
  add(message: Pick<Outgoing, 'client_id' | 'conversation_id' | 'text' | 'attachments'>): void;
  /** The sender asks for another attempt. */
  retry(clientId: string): void;
  /** Takes a failed message back, e.g. into the composer. */
  takeBack(clientId: string): Outgoing | null;
  /** Its entry was seen in the timeline. */
  settle(clientId: string): void;
  /** The connection is back: what waits is due now. */
  wake(): void;
  stop(): void;
}

/**
 * Sends what the keeper holds, one at a time, until the server has answered. Several tabs share the rows; a
 * lock keeps them from sending the same one, and where that fails the server knows the client id.
 */
export function createOutbox<Stored>(config: OutboxConfig<Stored>): Outbox {
  const { now = Date.now, random = Math.random, alone = inOneTab, later = byTimer } = config;
  const store = rowStore(config.keeper, config.prefix);
  let running = false;
  let stopped = false;
  let cancelTimer = () => {};

  const changed = () => config.onChange(store.all());

  async function run(): Promise<void> {
    if (running || stopped) return;
    running = true;
    cancelTimer();
    try {
      for (let row = nextToSend(store.all(), now()); row && !stopped; row = nextToSend(store.all(), now())) {
        await alone(config.prefix, attempt);
      }
    } finally {
      running = false;
    }
    const due = nextDueAt(store.all(), now());
    if (due !== null && !stopped) cancelTimer = later(Math.max(50, due - now()), () => void run());
  }

  /** Chooses again inside the lock: another tab may have sent it while we waited. */
  async function attempt(): Promise<void> {
    const row = nextToSend(store.all(), now());
    if (!row) return;
    try {
      const stored = await config.send(row);
      store.drop(row.client_id);
      config.onStored(stored, row);
    } catch (failure) {
      const problem = failure instanceof Problem ? failure : unreachable(failure);
      if (store.get(row.client_id)) store.put(afterFailure(row, problem, now(), random));
    }
    changed();
  }

  const unlisten = config.keeper.onOtherTab((key) => {
    if (!store.owns(key)) return;
    changed();
    void run();
  });
  void run();

  return {
    rows: store.all,
    add(message) {
      // Two of one moment, or a clock that was set back, keep the order in which they were written.
      const last = store.all().at(-1)?.created_at ?? 0;
      store.put({ ...message, created_at: Math.max(now(), last + 1), attempts: 0, due_at: 0, failure: null });
      changed();
      void run();
    },
    retry(clientId) {
      const row = store.get(clientId);
      if (!row) return;
      store.put({ ...row, attempts: 0, due_at: 0, failure: null });
      changed();
      void run();
    },
    takeBack(clientId) {
      const row = store.get(clientId);
      store.drop(clientId);
      changed();
      return row;
    },
    settle(clientId) {
      if (!store.get(clientId)) return;
      store.drop(clientId);
      changed();
    },
    wake() {
      for (const row of store.all()) {
        if (row.failure?.passing && !row.failure.told_to_wait)
          store.put({ ...row, attempts: 0, due_at: 0, failure: null });
      }
      changed();
      void run();
    },
    stop() {
      stopped = true;
      cancelTimer();
      unlisten();
    },
  };
}

export function afterFailure(row: Outgoing, problem: Problem, now: number, random: Random): Outgoing {
  const told = problem.retryAfterMs ?? 0;
  // A session that has ended says nothing about the message: it goes out after the next sign-in.
  const passing = problem.isTransient || isSignedOut(problem);
  return {
    ...row,
    attempts: row.attempts + 1,
    due_at: now + Math.max(told, repeatDelay(row.attempts, random)),
    failure: { code: problem.code, detail: problem.detail, passing, told_to_wait: told > 0 },
  };
}

function byTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
