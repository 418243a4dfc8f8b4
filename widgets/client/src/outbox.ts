import { repeatDelay, type Random } from './backoff';
import { isRefused, nextDueAt, nextToSend, rowStore, type Outgoing } from './outbox_rows';
import { Problem, unreachable } from './problem';
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
    const due = nextDueAt(store.all());
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
      store.put({ ...message, created_at: now(), attempts: 0, due_at: 0, failure: null });
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
        if (row.failure && !isRefused(row)) store.put({ ...row, attempts: 0, due_at: 0, failure: null });
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
  return {
    ...row,
    attempts: row.attempts + 1,
    due_at: now + (problem.retryAfterMs ?? repeatDelay(row.attempts, random)),
    failure: { code: problem.code, detail: problem.detail, passing: problem.isTransient },
  };
}

const LOCK_PATIENCE_MS = 12_000;

/** A tab that sleeps while it holds the lock must not silence the others, so we wait a little and go on. */
async function inOneTab(name: string, work: () => Promise<void>): Promise<void> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_PATIENCE_MS);
  let started = false;
  try {
    await locks.request(name, { signal: patience.signal }, () => {
      started = true;
      clearTimeout(timer);
      return work();
    });
  } catch (failure) {
    if (started) throw failure;
    await work();
  } finally {
    clearTimeout(timer);
  }
}

function byTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
